package io.onsale.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.onsale.gateway.support.TestGateway;
import io.onsale.local.stores.TestStores;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Redis hangs: selling goes on uncounted, guessing at passwords does not. */
class RedisOutageTest {

    @Test
    void openClassesGoOnAndClosedOnesAreRefused() {
        try (TestGateway gateway = new TestGateway()) {
            String token = gateway.tokens().buyer("u1");
            gateway.client()
                    .get()
                    .uri("/api/v1/events")
                    .exchange()
                    .expectStatus()
                    .isOk();
            TestStores.redis().pause();
            try {
                gateway.client()
                        .post()
                        .uri("/api/v1/auth/login")
                        .header("Content-Type", "application/json")
                        .bodyValue("{}")
                        .exchange()
                        .expectStatus()
                        .isEqualTo(503)
                        .expectHeader()
                        .exists("Retry-After")
                        .expectBody()
                        .jsonPath("$.code")
                        .isEqualTo("UNAVAILABLE");
                for (int i = 0; i < 15; i++) {
                    gateway.client()
                            .get()
                            .uri("/api/v1/users/me")
                            .headers(h -> h.setBearerAuth(token))
                            .exchange()
                            .expectStatus()
                            .isOk();
                }
                Instant before = Instant.now();
                gateway.client()
                        .get()
                        .uri("/api/v1/events")
                        .exchange()
                        .expectStatus()
                        .isOk();
                assertThat(Duration.between(before, Instant.now()))
                        .as("no call waits for a counter that is known to hang")
                        .isLessThan(Duration.ofMillis(250));
            } finally {
                TestStores.redis().resume();
            }
        }
    }
}
