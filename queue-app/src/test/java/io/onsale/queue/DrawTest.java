package io.onsale.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A fair start: entries before the opening, a committed seed, an order anybody can check, newcomers behind. */
class DrawTest extends RunningQueue {

    @Test
    void theOrderIsDrawnAtTheOpeningAsTheCommitmentSaid() {
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
