package io.onsale.ticketing.reservations;

import static org.assertj.core.api.Assertions.assertThat;

import io.onsale.ticketing.TestEvents.Plan;
import io.onsale.ticketing.TestEvents.TestEvent;
import io.onsale.ticketing.TicketingTest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A page that watches the seats instead of asking again and again. */
class SeatStreamTest extends TicketingTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private static List<String> ids(ServerSentEvent<String> event, String field) {
        JsonNode node = JsonMapper.shared().readTree(event.data()).path(field);
        return node.valueStream().map(JsonNode::asString).toList();
    }

    @Test
    void tellsTheWholeMapAndThenWhatIsHeldAndFreed() {
        TestEvent event = events().create(Plan.simple());
        HoldClient client = new HoldClient(http);
        TestUser buyer = buyer();
        client.held(buyer(), event.performanceId(), "1-2-1");
        HoldClient.Held[] held = new HoldClient.Held[1];
        var stream = http.get()
                .uri("/api/v1/reservations/seats/{id}/stream", event.performanceId())
                .accept(MediaType.TEXT_EVENT_STREAM)
                .exchange()
                .expectStatus()
                .isOk()
                .returnResult(new ParameterizedTypeReference<ServerSentEvent<String>>() {})
                .getResponseBody()
                .filter(message -> message.event() != null)
                .publishOn(Schedulers.boundedElastic());
        StepVerifier.create(stream)
                .assertNext(first -> {
                    assertThat(first.event()).isEqualTo("seats");
                    assertThat(ids(first, "held")).containsExactly("1-2-1");
                    held[0] = client.held(buyer, event.performanceId(), "1-1-1", "1-1-2");
                })
                .assertNext(change -> {
                    assertThat(change.event()).isEqualTo("change");
                    assertThat(ids(change, "held")).containsExactly("1-1-1", "1-1-2");
                    client.release(buyer, held[0].reservationId());
                })
                .assertNext(change -> {
                    assertThat(ids(change, "freed")).containsExactly("1-1-1", "1-1-2");
                    assertThat(ids(change, "held")).isEmpty();
                })
                .thenCancel()
                .verify(LIMIT);
    }
}
