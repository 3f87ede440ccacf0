package io.onsale.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.onsale.gateway.support.TestGateway;
import io.onsale.gateway.support.TestService;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.test.web.reactive.server.WebTestClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;

/** More calls than can be under way. */
class OverloadTest {
    private static final Duration SOON = Duration.ofSeconds(5);

    @Test
    void callsBeyondTheBoundAreShedAtOnceAndThePlaceIsGivenBack() throws InterruptedException {
        try (TestGateway gateway =
                new TestGateway("onsale.gateway.resilience.max-in-flight=1", "onsale.gateway.timeout=2s")) {
            gateway.ticketing().answers(TestService.silence());
            Thread first = new Thread(() -> get(gateway).expectStatus().isEqualTo(504));
            first.start();
            await().atMost(SOON).until(() -> !gateway.ticketing().seen().isEmpty());
            get(gateway)
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
            await().atMost(SOON).untilAsserted(() -> get(gateway).expectStatus().isOk());
        }
    }

    @Test
    void aRouteThatAnswersTooLateLetsFewerThroughAndTheOthersDoNotMind() {
        try (TestGateway gateway = new TestGateway(
                "onsale.gateway.resilience.late=20ms",
                "onsale.gateway.resilience.max-in-flight=50",
                "onsale.gateway.resilience.min-in-flight=2",
                "onsale.gateway.limits.classes.ANONYMOUS_READS.per-address=1000000")) {
            gateway.ticketing()
                    .answers((seen, response) -> Mono.delay(Duration.ofMillis(50))
                            .then(Mono.from(TestService.json("{}").to(seen, response))));
            HttpClient client = HttpClient.create().baseUrl("http://127.0.0.1:" + gateway.port());
            assertThat(Flux.range(0, 2_000)
                            .flatMap(i -> status(client, "/api/v1/events"), 40)
                            .takeUntil(status -> status == 503)
                            .blockLast(SOON))
                    .isEqualTo(503);
            assertThat(status(client, "/api/v1/queue/draw").block(SOON)).isEqualTo(200);
        }
    }

    private static Mono<Integer> status(HttpClient client, String path) {
        return client.get()
                .uri(path)
                .response()
                .map(response -> response.status().code());
    }

    private static WebTestClient.ResponseSpec get(TestGateway gateway) {
        return gateway.client().get().uri("/api/v1/events").exchange();
    }
}
