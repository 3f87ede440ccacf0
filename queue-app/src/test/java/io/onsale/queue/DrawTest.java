package io.onsale.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import io.onsale.local.stores.TestStores;
import io.onsale.platform.tokens.Role;
import io.onsale.queue.waiting.Keys;
import io.onsale.queue.waiting.LineLab;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;

/** A fair start: entries before the opening, a committed seed, an order anybody can check, newcomers behind. */
class DrawTest extends RunningQueue {

    @Test
    @Execution(CONCURRENT)
    void theOrderIsDrawnAtTheOpeningAsTheCommitmentSaid() throws Exception {
        Map<String, Object> event = TicketingStandIn.event(eventId, Map.of("mode", "DRAW"));
        Instant opens = Instant.now().plusSeconds(15);
        event.put("saleOpensAt", opens.toString());
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

        await(Duration.ofSeconds(40), () -> draw().get("seed") != null);
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

        List<String> order = IntStream.range(0, 12)
                .mapToObj(i -> "person-" + i)
                .sorted((a, b) -> Long.compare(status(a).ahead(), status(b).ahead()))
                .map(entryOf::get)
                .toList();
        assertThat(order).isEqualTo(DrawnOrder.of((String) drawn.get("seed"), entryOf.values()));
        assertThat(order)
                .as("not the order of arrival")
                .isNotEqualTo(order.stream().sorted().toList());
    }

    /** The order hangs on a value that nobody had when the list was closed, and waits for it. */
    @Test
    @Execution(CONCURRENT)
    void aPublicValueNamedBeforehandIsMixedIn() {
        Map<String, Object> event = TicketingStandIn.event(eventId, Map.of("mode", "DRAW"));
        event.put("saleOpensAt", Instant.now().plusSeconds(16).toString());
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

        await(Duration.ofSeconds(40), () -> draw().get("entriesHash") != null);
        assertThat(draw().get("seed")).isNull();
        assertThat(status("person-0").state()).isEqualTo("DRAWING");
        assertThat(beacon(Map.of("value", "c0ffee"))).isEqualTo(200);
        await(() -> draw().get("seed") != null);
        Map<?, ?> drawn = draw();
        assertThat(drawn.get("beaconSource")).isEqualTo("round 4711");
        List<String> order = IntStream.range(0, 8)
                .mapToObj(i -> "person-" + i)
                .sorted((a, b) -> Long.compare(status(a).ahead(), status(b).ahead()))
                .map(entryOf::get)
                .toList();
        String key = drawn.get("seed") + HexFormat.of().formatHex("c0ffee".getBytes(StandardCharsets.US_ASCII));
        assertThat(order).isEqualTo(DrawnOrder.of(key, entryOf.values()));
        onlyTheAnnouncedListIsTold(entryOf.values());
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
