package io.onsale.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.onsale.gateway.support.TestGateway;
import io.onsale.gateway.support.TestService;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.test.web.reactive.server.WebTestClient;

class ResilienceTest {
    private static final String[] UNLIMITED = {
        "onsale.gateway.limits.classes.ANONYMOUS_READS.per-address=100000",
        "onsale.gateway.limits.classes.LOGIN.per-address=100000"
    };

    private TestService second;
    private TestGateway gateway;

    @BeforeEach
    void start() {
        second = new TestService("{\"keys\":[]}");
        gateway = null;
    }

    @AfterEach
    void stop() {
        if (gateway != null) {
            gateway.close();
        }
        second.close();
    }

    private void gatewayWith(String... settings) {
        gateway = new TestGateway(
                Stream.concat(Stream.of(settings), Stream.of(UNLIMITED)).toArray(String[]::new));
    }

    @Test
    void anInstanceThatDiesCostsNoCall() {
        gateway = TestGateway.withSecondTicketing(second, UNLIMITED);
        for (int i = 0; i < 20; i++) {
            get("/api/v1/events").expectStatus().isOk();
        }
        assertThat(gateway.ticketing().seen()).isNotEmpty();
        assertThat(second.seen()).isNotEmpty();
        second.kill();
        for (int i = 0; i < 30; i++) {
            // Also those that may not be sent twice: they never arrived at the dead one.
            post("/api/v1/auth/login").expectStatus().isOk();
        }
    }

    @Test
    void anInstanceThatComesBackIsUsedAgain() {
        gateway = TestGateway.withSecondTicketing(second, UNLIMITED);
        second.kill();
        get("/api/v1/events").expectStatus().isOk();
        second.revive();
        await().atMost(Duration.ofSeconds(5)).until(() -> {
            get("/api/v1/events").expectStatus().isOk();
            return !second.seen().isEmpty();
        });
    }

    @Test
    void anInstanceThatSaysItIsShuttingDownGetsNoNewCalls() {
        gateway = TestGateway.withSecondTicketing(second, UNLIMITED);
        second.ready(false);
        await().atMost(Duration.ofSeconds(5)).until(() -> {
            second.seen().clear();
            for (int i = 0; i < 10; i++) {
                get("/api/v1/events").expectStatus().isOk();
            }
            return second.seen().isEmpty();
        });
    }

    @Test
    void aGetWhoseConnectionBrokeIsSentAgain() {
        gatewayWith();
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
        gatewayWith();
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
        gatewayWith();
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
    }

    @Test
    void aServiceThatDoesNotAnswerInTimeIsGivenUpOnce() {
        gatewayWith("onsale.gateway.timeout=300ms");
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
        gatewayWith(
                "onsale.gateway.timeout=100ms",
                "onsale.gateway.resilience.breaker-window=10",
                "onsale.gateway.resilience.breaker-minimum=10",
                "onsale.gateway.resilience.breaker-open=1s");
        gateway.ticketing().answers(TestService.silence());
        for (int i = 0; i < 10; i++) {
            get("/api/v1/events").expectStatus().isEqualTo(504);
        }
        get("/api/v1/events")
                .expectStatus()
                .isEqualTo(503)
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("SERVICE_UNAVAILABLE");
        gateway.ticketing().answers(TestService.json("{}"));
        get("/api/v1/venues").expectStatus().isOk();
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> get("/api/v1/events").expectStatus().isOk());
    }

    @Test
    void refusalsOfALivingServiceNeverOpenTheBreaker() {
        gatewayWith("onsale.gateway.resilience.breaker-window=10", "onsale.gateway.resilience.breaker-minimum=10");
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
    void beyondWhatCanBeUnderWayCallsAreShedAtOnce() throws Exception {
        gatewayWith("onsale.gateway.resilience.max-in-flight=1", "onsale.gateway.timeout=5s");
        gateway.ticketing().answers(TestService.silence());
        Thread first = new Thread(() -> get("/api/v1/events").expectStatus().isEqualTo(504));
        first.start();
        await().atMost(Duration.ofSeconds(5))
                .until(() -> !gateway.ticketing().seen().isEmpty());
        get("/api/v1/events")
                .expectStatus()
                .isEqualTo(503)
                .expectHeader()
                .exists("Retry-After")
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("OVERLOADED");
        first.join();
        gateway.ticketing().answers(TestService.json("{}"));
        // The place is given back when the exchange ends, a moment after its answer was sent.
        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> get("/api/v1/events").expectStatus().isOk());
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
