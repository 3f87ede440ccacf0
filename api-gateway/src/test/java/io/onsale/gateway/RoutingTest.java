package io.onsale.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.onsale.gateway.support.TestGateway;
import io.onsale.gateway.support.TestService;
import java.net.URI;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Order(1)
class RoutingTest {
    private static TestGateway gateway;

    @BeforeAll
    static void start() {
        gateway = TestGateway.usual();
    }

    @BeforeEach
    void reset() {
        gateway.reset();
    }

    @Test
    void theWaitingRoomIsServedByTheQueueApp() {
        gateway.client()
                .get()
                .uri("/api/v1/queue/status?eventId=e1")
                .headers(h -> h.setBearerAuth(gateway.tokens().buyer("u1")))
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .json("{\"ok\":true}");
        assertThat(gateway.queue().last().uri()).isEqualTo("/api/v1/queue/status?eventId=e1");
        assertThat(gateway.ticketing().seen()).isEmpty();
    }

    @Test
    void theOlderPrefixReachesTheSameHandlers() {
        gateway.client()
                .get()
                .uri(URI.create("http://127.0.0.1:" + gateway.port()
                        + "/api/events/e1/seats?performanceId=p1&q=%ED%95%9C%EA%B8%80"))
                .exchange()
                .expectStatus()
                .isOk();
        assertThat(gateway.ticketing().last().uri())
                .isEqualTo("/api/v1/events/e1/seats?performanceId=p1&q=%ED%95%9C%EA%B8%80");
    }

    @Test
    void aBodyArrivesAsItWasSent() {
        gateway.client()
                .post()
                .uri("/api/v1/auth/login")
                .header("Content-Type", "application/json")
                .bodyValue("{\"email\":\"한@example.com\"}")
                .exchange()
                .expectStatus()
                .isOk();
        assertThat(gateway.ticketing().last().body()).isEqualTo("{\"email\":\"한@example.com\"}");
        assertThat(gateway.ticketing().last().method()).isEqualTo("POST");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/internal/events/e1/queue-info",
                "/api/v1/internal/events/e1/queue-info",
                "/api/internal/events/e1/queue-info",
                "/actuator/health",
                "/actuator/prometheus",
                "/api/v1",
                "/api/v1/",
                "/api",
                "/",
                "/api/v2/events",
                "/api/v1/nothing"
            })
    void whatIsNotInTheTableDoesNotExist(String path) {
        gateway.client()
                .get()
                .uri(URI.create("http://127.0.0.1:" + gateway.port() + path))
                .exchange()
                .expectStatus()
                .isNotFound()
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("NOT_FOUND");
        assertThat(gateway.ticketing().seen()).isEmpty();
        assertThat(gateway.queue().seen()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/events/../../internal/events/e1/queue-info",
                "/api/v1/events/..%2f..%2f..%2finternal/x",
                "/api/v1/events/%2e%2e/x",
                "/api/v1//events",
                "/api/v1/events;x=/e1",
                "/api/v1/events/%5c..%5cx",
                "/api/v1/events/%252e%252e/x",
                "/api/v1/events/e1%00",
                "/api/v1/events/./e1"
            })
    void aPathThatCanBeReadInTwoWaysIsRefused(String path) {
        gateway.client()
                .get()
                .uri(URI.create("http://127.0.0.1:" + gateway.port() + path))
                .exchange()
                .expectStatus()
                .isNotFound();
        assertThat(gateway.ticketing().seen()).isEmpty();
    }

    @Test
    void aServicesOwnProblemPassesUnchanged() {
        String problem = "{\"code\":\"LINE_FULL\",\"status\":503}";
        gateway.queue().answers(TestService.status(503, problem));
        gateway.client()
                .post()
                .uri("/api/v1/queue/enter")
                .headers(h -> h.setBearerAuth(gateway.tokens().buyer("u1")))
                .exchange()
                .expectStatus()
                .isEqualTo(503)
                .expectHeader()
                .contentType("application/problem+json")
                .expectBody()
                .json(problem);
    }

    @Test
    void keysOfAllIssuersAreInOneDocument() {
        gateway.client()
                .get()
                .uri("/.well-known/jwks.json")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.keys[*].kid")
                .value(ids -> assertThat(ids.toString()).contains("access-1", "pass-1"));
    }
}
