package io.onsale.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import io.onsale.platform.tokens.Role;
import io.onsale.queue.waiting.LineLab;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.codec.ServerSentEvent;
import reactor.core.publisher.Mono;

/** Nobody is left listening to a line that has nothing more to say: the stream tells why, and ends. */
class StreamEndsTest extends RunningQueue {
    private static final Duration SOON = Duration.ofSeconds(20);

    @Test
    @Execution(CONCURRENT)
    void whenTheSaleEnds() {
        Map<String, Object> event = TicketingStandIn.event(eventId, Map.of("ratePerSecond", 0.01));
        event.put("saleClosesAt", Instant.now().plusSeconds(6).toString());
        control(Map.of("state", "PAUSED"));
        enter("buyer");
        assertThat(reasonOf(stream("buyer"))).isEqualTo("SALE_ENDED");
    }

    @Test
    @Execution(CONCURRENT)
    void whenADrainIsCutOff() {
        onSale(Map.of("ratePerSecond", 0.01));
        control(Map.of("state", "PAUSED"));
        enter("buyer");
        String cutOff = Instant.now().plusSeconds(3).toString();
        control(Map.of("state", "DRAINING", "cutOffAt", cutOff));
        assertThat(reasonOf(stream("buyer"))).isEqualTo("CLOSED");
    }

    /** Let in by another instance in the last round, which this one did not hear of before the line was closed. */
    @Test
    @Execution(CONCURRENT)
    void butWhoeverWasLetInAtTheLastMomentGetsThePass() {
        onSale(Map.of("ratePerSecond", 0.01));
        control(Map.of("state", "PAUSED"));
        enter("buyer");
        Mono<ServerSentEvent<Map<String, Object>>> ending = stream("buyer").cache();
        ending.subscribe();
        await(() -> status("buyer").state().equals("WAITING"));
        LineLab.grantUnheard(eventId, user("buyer"));
        control(Map.of(
                "state", "DRAINING", "cutOffAt", Instant.now().minusSeconds(1).toString()));
        ServerSentEvent<Map<String, Object>> last = ending.block(SOON);
        assertThat(last).isNotNull();
        assertThat(last.event()).isEqualTo("admitted");
        assertThat(last.data().get("pass")).isNotNull();
    }

    @Test
    @Execution(CONCURRENT)
    void whenTheLineIsCleared() {
        onSale(Map.of("ratePerSecond", 0.01));
        control(Map.of("state", "PAUSED"));
        enter("buyer");
        Mono<ServerSentEvent<Map<String, Object>>> ending = stream("buyer").cache();
        ending.subscribe();
        as("seller-1", Role.SELLER)
                .post()
                .uri("/api/v1/queue/admin/{id}/clear", eventId)
                .bodyValue(Map.of("confirm", eventId))
                .exchange()
                .expectStatus()
                .isOk();
        assertThat(reasonOf(ending)).isEqualTo("NOT_IN_LINE");
    }

    private static Object reasonOf(Mono<ServerSentEvent<Map<String, Object>>> ending) {
        ServerSentEvent<Map<String, Object>> last = ending.block(SOON);
        assertThat(last).isNotNull();
        assertThat(last.event()).isEqualTo("closed");
        return last.data().get("reason");
    }

    /** The last event, which comes when the server ends the stream. */
    private Mono<ServerSentEvent<Map<String, Object>>> stream(String user) {
        return as(user).get()
                .uri("/api/v1/queue/stream?eventId={id}", eventId)
                .exchange()
                .expectStatus()
                .isOk()
                .returnResult(new ParameterizedTypeReference<ServerSentEvent<Map<String, Object>>>() {})
                .getResponseBody()
                .filter(event -> event.event() != null)
                .last();
    }
}
