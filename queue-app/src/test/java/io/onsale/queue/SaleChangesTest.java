package io.onsale.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.onsale.platform.tokens.Role;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.codec.ServerSentEvent;
import reactor.core.Disposable;

/** What the catalogue says on Kafka is so at once: new events, new settings, the last seat. */
class SaleChangesTest extends RunningQueue {
    @Test
    void anEventIsKnownFromKafkaAloneAndItsChangesArriveLive() {
        tell("EventChanged", eventId, event(1, 0.01));
        await(() -> entersWith("buyer") == 200);
        assertThat(stats().get("ratePerSecond")).isEqualTo(0.01);
        tell("EventChanged", eventId, event(3, 50));
        await(() -> stats().get("ratePerSecond").equals(50.0));
        await(() -> status("buyer").state().equals("ADMITTED"));
        tell("EventChanged", eventId, event(2, 0.01));
        tell("EventChanged", eventId, event(4, 20));
        await(() -> stats().get("ratePerSecond").equals(20.0)); // the old snapshot between them changed nothing
    }

    @Test
    void theLastSeatClosesTheLineAndTellsOpenStreams() {
        tell("EventChanged", eventId, event(1, 0.01));
        await(() -> entersWith("first") == 200);
        enter("second");
        List<ServerSentEvent<Map<String, Object>>> heard = new CopyOnWriteArrayList<>();
        Disposable stream = listen("second", heard);
        await(() -> heard.stream().anyMatch(event -> event.event().equals("position")));

        tell("AvailabilityChanged", eventId + ":availability", seats(0, 3, 7));
        await(() -> heard.stream()
                .anyMatch(event -> event.event().equals("line")
                        && "SEATS_HELD".equals(event.data().get("state"))));
        tell("AvailabilityChanged", eventId + ":availability", seats(0, 0, 10));
        await(() -> heard.stream()
                .anyMatch(event -> event.event().equals("closed")
                        && "SOLD_OUT".equals(event.data().get("reason"))));
        await(stream::isDisposed);
        assertThat(status("second").state()).isEqualTo("CLOSED");
        assertThat(entersWith("late")).isEqualTo(409);
    }

    private Disposable listen(String user, List<ServerSentEvent<Map<String, Object>>> heard) {
        return as(user).get()
                .uri("/api/v1/queue/stream?eventId={id}", eventId)
                .exchange()
                .expectStatus()
                .isOk()
                .returnResult(new ParameterizedTypeReference<ServerSentEvent<Map<String, Object>>>() {})
                .getResponseBody()
                .filter(event -> event.event() != null)
                .subscribe(heard::add);
    }

    private int entersWith(String user) {
        return as(user).post()
                .uri("/api/v1/queue/enter")
                .bodyValue(Map.of("eventId", eventId))
                .exchange()
                .returnResult(Void.class)
                .getStatus()
                .value();
    }

    private Map<?, ?> stats() {
        return as("seller-1", Role.SELLER)
                .get()
                .uri("/api/v1/queue/admin/stats?eventId={id}", eventId)
                .exchange()
                .expectBody(Map.class)
                .returnResult()
                .getResponseBody();
    }

    private Map<String, Object> event(long version, double rate) {
        return Map.of(
                "eventId",
                eventId,
                "sellerId",
                "seller-1",
                "status",
                "ON_SALE",
                "saleOpensAt",
                Instant.now().minusSeconds(60).toString(),
                "saleClosesAt",
                Instant.now().plusSeconds(3_600).toString(),
                "waitingRoom",
                Map.of("ratePerSecond", rate, "capacity", 50_000, "passSeconds", 600, "mode", "FIFO"),
                "version",
                version);
    }

    private Map<String, Object> seats(long available, long held, long sold) {
        return Map.of(
                "eventId",
                eventId,
                "total",
                10,
                "available",
                available,
                "held",
                held,
                "sold",
                sold,
                "blocked",
                0,
                "asOf",
                Instant.now().toString());
    }
}
