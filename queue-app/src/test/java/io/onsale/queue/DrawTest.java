package io.onsale.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import io.onsale.local.stores.TestStores;
import io.onsale.platform.tokens.Role;
import io.onsale.queue.waiting.Keys;
import io.onsale.queue.waiting.LineLab;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;

/** A fair start: entries before the opening, a committed seed, an order anybody can check, newcomers behind. */
class DrawTest extends RunningQueue {

    @Test
    @Execution(CONCURRENT)
    void theOrderIsDrawnAtTheOpeningAsTheCommitmentSaid() throws Exception {
        Map<String, Object> event = opensLater();
        control(Map.of("state", "PAUSED"));
        Map<String, String> entryOf = new HashMap<>();
        for (int i = 0; i < 12; i++) {
            Answer entered = enter("person-" + i);
            assertThat(entered.state()).isEqualTo("PRE_QUEUE");
            assertThat(entered.position()).as("no order yet").isNull();
            assertThat(entered.opensAt()).isNotNull();
            entryOf.put("person-" + i, entered.entry());
        }
        await(() -> draw().get("commitment") != null);
        String commitment = (String) draw().get("commitment");
        assertThat(draw().get("seed")).as("hidden until the draw").isNull();

        opensNow(event);
        await(() -> draw().get("seed") != null);
        Map<?, ?> drawn = draw();
        assertThat(drawn.get("commitment")).isEqualTo(commitment);
        assertThat(drawn.get("entrants")).isEqualTo(12);
        CommandEar store = CommandEar.at(TestStores.redisTarget().uris());
        assertThat(entries()).hasSize(12).isEqualTo(entries());
        Thread.sleep(300); // the store tells its listeners behind its answers
        assertThat(store.of("{" + eventId + "}:drawn\" \"0\""))
                .as("read once for all who ask")
                .hasSize(1);
        store.close();
        Answer newcomer = enter("newcomer");
        assertThat(newcomer.ahead()).isEqualTo(12);

        List<String> order = inLine(entryOf);
        assertThat(order).isEqualTo(DrawnOrder.of((String) drawn.get("seed"), entryOf.values()));
        assertThat(order)
                .as("not the order of arrival")
                .isNotEqualTo(order.stream().sorted().toList());
    }

    /** The order hangs on a value that nobody had when the list was closed, and waits for it. */
    @Test
    @Execution(CONCURRENT)
    void aPublicValueNamedBeforehandIsMixedIn() {
        Map<String, Object> event = opensLater();
        control(Map.of("state", "PAUSED"));
        Map<String, String> entryOf = new HashMap<>();
        for (int i = 0; i < 8; i++) {
            entryOf.put("person-" + i, enter("person-" + i).entry());
        }
        await(() -> draw().get("commitment") != null);
        assertThat(beacon(Map.of("value", "too early"))).isEqualTo(409);
        assertThat(beacon(Map.of("source", "round 4711"))).isEqualTo(200);
        assertThat(beacon(Map.of("source", "another round"))).as("once only").isEqualTo(409);
        assertThat(draw().get("note")).as("no warning").isNull();

        opensNow(event);
        await(() -> draw().get("entriesHash") != null);
        assertThat(draw().get("seed")).isNull();
        assertThat(status("person-0").state()).isEqualTo("DRAWING");
        assertThat(beacon(Map.of("value", "c0ffee"))).isEqualTo(200);
        await(() -> draw().get("seed") != null);
        Map<?, ?> drawn = draw();
        assertThat(drawn.get("beaconSource")).isEqualTo("round 4711");
        List<String> order = inLine(entryOf);
        String key = drawn.get("seed") + HexFormat.of().formatHex("c0ffee".getBytes(StandardCharsets.US_ASCII));
        assertThat(order).isEqualTo(DrawnOrder.of(key, entryOf.values()));
        onlyTheAnnouncedListIsTold(entryOf.values());
    }

    /** The entries in the order of their people's places. */
    private List<String> inLine(Map<String, String> entryOf) {
        Map<Long, String> byPlace = new TreeMap<>();
        entryOf.forEach((person, entry) -> byPlace.put(status(person).ahead(), entry));
        return List.copyOf(byPlace.values());
    }

    private Map<String, Object> opensLater() {
        Map<String, Object> event = TicketingStandIn.event(eventId, Map.of("mode", "DRAW"));
        event.put("saleOpensAt", Instant.now().plusSeconds(300).toString());
        return event;
    }

    /** The catalogue moves the opening: however slow the machine is, everybody has come before it. */
    private void opensNow(Map<String, Object> event) {
        Map<String, Object> moved = new HashMap<>(event);
        moved.put("saleOpensAt", Instant.now().toString());
        moved.put("version", 2);
        tell("EventChanged", eventId, moved);
    }

    private void onlyTheAnnouncedListIsTold(Collection<String> all) {
        String list = Keys.drawn(eventId);
        String away = list + ":away";
        LineLab.REDIS.run(command -> command.rename(list, away)).block();
        LineLab.REDIS.run(command -> command.zadd(list, 7, "somebody else")).block();
        as("anyone")
                .get()
                .uri("/api/v1/queue/draw/entries?eventId={id}", eventId)
                .exchange()
                .expectStatus()
                .isEqualTo(503)
                .expectHeader()
                .exists("Retry-After");
        LineLab.REDIS.run(command -> command.rename(away, list)).block();
        assertThat(entries()).containsExactlyInAnyOrderElementsOf(all);
    }

    private int beacon(Map<String, Object> body) {
        return as("seller-1", Role.SELLER)
                .put()
                .uri("/api/v1/queue/admin/{id}/beacon", eventId)
                .bodyValue(body)
                .exchange()
                .returnResult(Void.class)
                .getStatus()
                .value();
    }

    private List<String> entries() {
        return as("anyone")
                .get()
                .uri("/api/v1/queue/draw/entries?eventId={id}", eventId)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody()
                .lines()
                .toList();
    }

    private Map<?, ?> draw() {
        Map<?, ?> answer = as("anyone")
                .get()
                .uri("/api/v1/queue/draw?eventId={id}", eventId)
                .exchange()
                .expectBody(Map.class)
                .returnResult()
                .getResponseBody();
        return answer;
    }
}
