package io.onsale.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.onsale.gateway.support.TestGateway;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Each request is one line of JSON in the log, which says what is needed and nothing that opens anything. */
@ExtendWith(OutputCaptureExtension.class)
@Order(1)
class AccessLogTest {
    private static TestGateway gateway;

    @BeforeAll
    static void start() {
        gateway = TestGateway.usual();
    }

    @Test
    void aRequestIsALineWithWhoAskedWhatOfWhomAndHowItWent(CapturedOutput log) {
        Instant begun = Instant.now().minusSeconds(1);
        String token = gateway.tokens().buyer("buyer-1");
        gateway.client()
                .get()
                .uri("/api/v1/queue/stream?eventId=e&ticket=opens-a-stream")
                .header("Authorization", "Bearer " + token)
                .header("X-Forwarded-For", "198.51.100.7")
                .exchange()
                .expectStatus()
                .isOk();
        JsonNode line = awaitLine(log, "/api/v1/queue/stream");
        assertThat(line.path("http.request.method").asString()).isEqualTo("GET");
        assertThat(line.path("http.response.status_code").asInt()).isEqualTo(200);
        assertThat(line.path("user.id").asString()).isEqualTo("buyer-1");
        assertThat(line.path("client.ip").asString()).isEqualTo("198.51.100.7");
        assertThat(line.path("destination.address").asString())
                .isEqualTo(gateway.queue().uri().getAuthority());
        assertThat(line.path("event.duration").asLong()).isPositive();
        assertThat(line.path("http.request.id").asString()).hasSizeGreaterThan(8);
        assertThat(line.path("trace.id").asString()).matches("[0-9a-f]{32}");
        assertThat(line.path("service.name").asString()).isEqualTo("api-gateway");
        assertThat(line.path("message").asString()).startsWith("GET /api/v1/queue/stream 200 in ");
        assertThat(Instant.parse(line.path("@timestamp").asString())).isBetween(begun, Instant.now());
        assertThat(log.getOut()).doesNotContain("opens-a-stream", token);
    }

    @Test
    void whatAStrangerWritesInAnAddressStaysInItsField(CapturedOutput log) {
        gateway.client().get().uri("/api/v1/events/밤\\\"}{").exchange();
        JsonNode line = awaitLine(log, "/api/v1/events/");
        assertThat(line.path("url.path").asString()).endsWith("%5C%22%7D%7B");
        assertThat(line.path("user.id").isMissingNode()).isTrue();
        assertThat(line.path("event.outcome").isMissingNode()).isTrue();
    }

    private static JsonNode awaitLine(CapturedOutput log, String path) {
        Instant deadline = Instant.now().plus(Duration.ofSeconds(5));
        while (Instant.now().isBefore(deadline)) {
            Optional<String> found = log.getOut()
                    .lines()
                    .filter(line -> line.contains("onsale.access") && line.contains("\"url.path\":\"" + path))
                    .findFirst();
            if (found.isPresent()) {
                return JsonMapper.shared().readTree(found.get());
            }
            Thread.onSpinWait();
        }
        throw new AssertionError("no line about " + path);
    }
}
