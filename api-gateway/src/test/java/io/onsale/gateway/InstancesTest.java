package io.onsale.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.onsale.gateway.support.TestGateway;
import io.onsale.gateway.support.TestService;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.test.web.reactive.server.WebTestClient;

/** Several instances of a service: one that dies, leaves or comes back costs no call. */
class InstancesTest {
    private static final Duration SOON = Duration.ofSeconds(5);
    private static TestService second;
    private static TestGateway gateway;

    @BeforeAll
    static void start() {
        second = new TestService("{\"keys\":[]}");
        gateway = TestGateway.withSecondTicketing(
                second,
                "onsale.gateway.limits.classes.ANONYMOUS_READS.per-address=100000",
                "onsale.gateway.limits.classes.LOGIN.per-address=100000");
    }

    @AfterAll
    static void stop() {
        gateway.close();
        second.close();
    }

    @BeforeEach
    void bothTakeCalls() {
        second.reset();
        awaitCallsAtTheSecond();
        gateway.reset();
        second.reset();
    }

    @Test
    void oneThatDiesCostsNoCall() {
        for (int i = 0; i < 20; i++) {
            get().expectStatus().isOk();
        }
        assertThat(gateway.ticketing().seen()).isNotEmpty();
        assertThat(second.seen()).isNotEmpty();
        second.kill();
        for (int i = 0; i < 30; i++) {
            // Also those that may not be sent twice: they never arrived at the dead one.
            post().expectStatus().isOk();
        }
        second.revive();
    }

    @Test
    void oneThatComesBackIsUsedAgain() {
        second.kill();
        get().expectStatus().isOk();
        second.revive();
        awaitCallsAtTheSecond();
    }

    @Test
    void oneThatSaysItIsShuttingDownGetsNoNewCalls() {
        second.ready(false);
        await().atMost(SOON).until(() -> {
            second.seen().clear();
            for (int i = 0; i < 10; i++) {
                get().expectStatus().isOk();
            }
            return second.seen().isEmpty();
        });
    }

    private static void awaitCallsAtTheSecond() {
        await().atMost(SOON).until(() -> {
            get().expectStatus().isOk();
            return !second.seen().isEmpty();
        });
    }

    private static WebTestClient.ResponseSpec get() {
        return gateway.client().get().uri("/api/v1/events").exchange();
    }

    private static WebTestClient.ResponseSpec post() {
        return gateway.client()
                .post()
                .uri("/api/v1/auth/login")
                .header("Content-Type", "application/json")
                .bodyValue("{}")
                .exchange();
    }
}
