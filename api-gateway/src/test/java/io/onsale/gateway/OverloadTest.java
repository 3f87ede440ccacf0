package io.onsale.gateway;

import static org.awaitility.Awaitility.await;

import io.onsale.gateway.support.TestGateway;
import io.onsale.gateway.support.TestService;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.test.web.reactive.server.WebTestClient;

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

    private static WebTestClient.ResponseSpec get(TestGateway gateway) {
        return gateway.client().get().uri("/api/v1/events").exchange();
    }
}
