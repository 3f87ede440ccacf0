package io.onsale.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.onsale.gateway.support.TestGateway;
import io.onsale.gateway.support.TestService;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.test.web.reactive.server.WebTestClient;

/** What callers see of a service that breaks, hangs or is gone, and that healthy ones are not punished for it. */
class ResilienceTest {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static TestGateway gateway;

    @BeforeAll
    static void start() {
        gateway = new TestGateway(
                "onsale.gateway.timeout=300ms",
                "onsale.gateway.resilience.breaker-window=10",
                "onsale.gateway.resilience.breaker-minimum=10",
                "onsale.gateway.resilience.breaker-open=1s",
                "onsale.gateway.limits.classes.ANONYMOUS_READS.per-address=100000",
                "onsale.gateway.limits.classes.LOGIN.per-address=100000");
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @BeforeEach
    void reset() {
        gateway.reset();
    }

    @Test
    void aGetWhoseConnectionBrokeIsSentAgain() {
        AtomicInteger calls = new AtomicInteger();
        gateway.ticketing()
                .answers((seen, response) -> calls.incrementAndGet() <= 2
                        ? TestService.hangUp().to(seen, response)
                        : TestService.json("{}").to(seen, response));
        get("/api/v1/events").expectStatus().isOk();
        assertThat(calls).hasValue(3);
    }

    @Test
    void aPostWhoseConnectionBrokeIsNotAndTheAnswerSaysThatItsOutcomeIsUnknown() {
        gateway.ticketing().answers(TestService.hangUp());
        post("/api/v1/auth/login")
                .expectStatus()
                .isEqualTo(503)
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("SERVICE_INTERRUPTED")
                .jsonPath("$.service")
                .isEqualTo("ticketing");
        assertThat(gateway.ticketing().seen()).hasSize(1);
    }

    @Test
    void aServiceThatIsGoneIsNamed() {
        gateway.ticketing().kill();
        post("/api/v1/auth/login")
                .expectStatus()
                .isEqualTo(503)
                .expectHeader()
                .exists("Retry-After")
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("SERVICE_UNAVAILABLE")
                .jsonPath("$.service")
                .isEqualTo("ticketing");
        gateway.ticketing().revive();
        await().atMost(SOON)
                .untilAsserted(() -> post("/api/v1/auth/login").expectStatus().isOk());
    }

    @Test
    void aServiceThatDoesNotAnswerInTimeIsGivenUpOnce() {
        gateway.ticketing().answers(TestService.silence());
        Instant before = Instant.now();
        get("/api/v1/events")
                .expectStatus()
                .isEqualTo(504)
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("SERVICE_TIMEOUT");
        assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(2));
        assertThat(gateway.ticketing().seen()).hasSize(1);
    }

    @Test
    void timeOutsOpenTheRoutesBreakerAndOnlyThatRoutes() {
        gateway.ticketing().answers(TestService.silence());
        // Ten at most: other tests may have left failures in the window.
        await().pollInterval(Duration.ofMillis(1))
                .atMost(SOON)
                .untilAsserted(() -> get("/api/v1/events")
                        .expectStatus()
                        .isEqualTo(503)
                        .expectBody()
                        .jsonPath("$.code")
                        .isEqualTo("SERVICE_UNAVAILABLE"));
        assertThat(gateway.ticketing().seen()).hasSizeLessThanOrEqualTo(10);
        gateway.ticketing().answers(TestService.json("{}"));
        get("/api/v1/venues").expectStatus().isOk();
        await().atMost(SOON)
                .untilAsserted(() -> get("/api/v1/events").expectStatus().isOk());
    }

    @Test
    void refusalsOfALivingServiceNeverOpenTheBreaker() {
        gateway.ticketing().answers(TestService.status(503, "{\"code\":\"LINE_FULL\"}"));
        for (int i = 0; i < 30; i++) {
            get("/api/v1/events")
                    .expectStatus()
                    .isEqualTo(503)
                    .expectBody()
                    .jsonPath("$.code")
                    .isEqualTo("LINE_FULL");
        }
        gateway.ticketing().answers(TestService.json("{}"));
        get("/api/v1/events").expectStatus().isOk();
    }

    @Test
    void uploadsThatClientsBreakOffNeverOpenTheBreaker() throws IOException {
        await().atMost(SOON)
                .untilAsserted(() -> post("/api/v1/auth/login").expectStatus().isOk());
        for (int i = 0; i < 12; i++) {
            breakOffAnUpload();
        }
        post("/api/v1/auth/login").expectStatus().isOk();
    }

    private static void breakOffAnUpload() throws IOException {
        String part = """
                POST /api/v1/auth/login HTTP/1.1
                Host: localhost
                Content-Type: application/json
                Content-Length: 100

                {""";
        try (Socket client = new Socket("127.0.0.1", gateway.port())) {
            client.getOutputStream().write(part.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII));
            awaitUnderWay(1);
        }
        awaitUnderWay(0);
    }

    private static void awaitUnderWay(int calls) {
        Gauge underWay = gateway.context()
                .getBean(MeterRegistry.class)
                .get("onsale.gateway.in.flight")
                .gauge();
        await().pollInterval(Duration.ofMillis(10)).atMost(SOON).until(() -> underWay.value() == calls);
    }

    private WebTestClient.ResponseSpec get(String path) {
        return gateway.client().get().uri(path).exchange();
    }

    private WebTestClient.ResponseSpec post(String path) {
        return gateway.client()
                .post()
                .uri(path)
                .header("Content-Type", "application/json")
                .bodyValue("{}")
                .exchange();
    }
}
