package io.onsale.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.onsale.gateway.support.TestGateway;
import java.util.Arrays;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.test.web.reactive.server.WebTestClient;

class LimitsTest {
    private static TestGateway gateway;

    @BeforeAll
    static void start() {
        gateway = new TestGateway(
                "onsale.gateway.limits.classes.LOGIN.per-address=3",
                "onsale.gateway.limits.classes.ANONYMOUS_READS.per-address=5",
                "onsale.gateway.limits.classes.QUEUE_STATUS.per-user=4",
                "onsale.gateway.limits.classes.PAYMENTS.per-user=10",
                "onsale.gateway.limits.classes.PAYMENTS.per-address=2",
                "onsale.gateway.bodies.credentials=1KB",
                "onsale.gateway.bodies.plain=4KB");
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
    void guessingPasswordsFromOneAddressEndsAtItsLimit() {
        String address = "203.0.113.7";
        for (int i = 0; i < 3; i++) {
            login(address).expectStatus().isOk();
        }
        login(address)
                .expectStatus()
                .isEqualTo(429)
                .expectHeader()
                .valueMatches("Retry-After", "\\d+")
                .expectHeader()
                .valueMatches("RateLimit", "\"login\";r=0;t=\\d+")
                .expectHeader()
                .valueEquals("RateLimit-Policy", "\"login\";q=3;w=60")
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("RATE_LIMITED");
        assertThat(gateway.ticketing().seen()).hasSize(3);
        login("203.0.113.8").expectStatus().isOk();
    }

    @Test
    void aClientInventingAddressesLeftOfItsOwnGainsNothing() {
        for (int i = 0; i < 3; i++) {
            login("10.9.9." + i + ", 203.0.113.20").expectStatus().isOk();
        }
        login("10.9.9.77, 203.0.113.20").expectStatus().isEqualTo(429);
    }

    @Test
    void oneIpv6NetworkIsOneAddress() {
        for (int i = 0; i < 3; i++) {
            login("2001:db8:1:2::" + i).expectStatus().isOk();
        }
        login("2001:db8:1:2:ffff::1").expectStatus().isEqualTo(429);
        login("2001:db8:1:3::1").expectStatus().isOk();
    }

    @Test
    void badTokensCountAgainstTheirAddress() {
        String address = "203.0.113.30";
        for (int i = 0; i < 5; i++) {
            me(address, "forged." + i + ".token").expectStatus().isUnauthorized();
        }
        me(address, "forged.9.token").expectStatus().isEqualTo(429);
    }

    @Test
    void usersAreCountedApartEvenBehindOneAddress() {
        String first = gateway.tokens().buyer("u-" + UUID.randomUUID());
        String second = gateway.tokens().buyer("u-" + UUID.randomUUID());
        for (int i = 0; i < 4; i++) {
            status(first)
                    .expectStatus()
                    .isOk()
                    .expectHeader()
                    .valueMatches("RateLimit", "\"queue-status\";r=" + (3 - i) + ";t=\\d+");
        }
        status(first).expectStatus().isEqualTo(429);
        status(second).expectStatus().isOk();
    }

    @Test
    void paymentsOfManyAccountsFromOneAddressEndAtTheAddressLimit() {
        String address = "203.0.113.40";
        pay(address).expectStatus().isOk();
        pay(address).expectStatus().isOk();
        pay(address).expectStatus().isEqualTo(429);
    }

    @Test
    void aBodyAnnouncedTooLargeIsRefusedUnread() {
        gateway.client()
                .post()
                .uri("/api/v1/auth/login")
                .header("X-Forwarded-For", "203.0.113.50")
                .header("Content-Type", "application/json")
                .bodyValue("x".repeat(2000))
                .exchange()
                .expectStatus()
                .isEqualTo(413)
                .expectHeader()
                .valueEquals("Connection", "close")
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("PAYLOAD_TOO_LARGE");
        assertThat(gateway.ticketing().seen()).isEmpty();
    }

    @Test
    void aBodyOfUnknownLengthIsCutAtTheLimit() {
        gateway.client()
                .post()
                .uri("/api/v1/auth/login")
                .header("X-Forwarded-For", "203.0.113.51")
                .header("Content-Type", "application/json")
                .body(reactor.core.publisher.Flux.range(0, 40).map(i -> "x".repeat(100)), String.class)
                .exchange()
                .expectStatus()
                .isEqualTo(413)
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("PAYLOAD_TOO_LARGE");
        assertThat(gateway.ticketing().seen()).isEmpty();
    }

    @Test
    void headersBeyondTheirLimitAreRefused() {
        char[] large = new char[20_000];
        Arrays.fill(large, 'a');
        gateway.client()
                .get()
                .uri("/api/v1/events")
                .header("X-Large", new String(large))
                .exchange()
                .expectStatus()
                .isEqualTo(431);
        assertThat(gateway.ticketing().seen()).isEmpty();
    }

    private WebTestClient.ResponseSpec login(String forwardedFor) {
        return gateway.client()
                .post()
                .uri("/api/v1/auth/login")
                .header("X-Forwarded-For", forwardedFor)
                .header("Content-Type", "application/json")
                .bodyValue("{}")
                .exchange();
    }

    private WebTestClient.ResponseSpec me(String address, String token) {
        return gateway.client()
                .get()
                .uri("/api/v1/users/me")
                .header("X-Forwarded-For", address)
                .headers(h -> h.setBearerAuth(token))
                .exchange();
    }

    private WebTestClient.ResponseSpec status(String token) {
        return gateway.client()
                .get()
                .uri("/api/v1/queue/status?eventId=e1")
                .header("X-Forwarded-For", "203.0.113.60")
                .headers(h -> h.setBearerAuth(token))
                .exchange();
    }

    private WebTestClient.ResponseSpec pay(String address) {
        String token = gateway.tokens().buyer("u-" + UUID.randomUUID());
        return gateway.client()
                .post()
                .uri("/api/v1/payments")
                .header("X-Forwarded-For", address)
                .headers(h -> h.setBearerAuth(token))
                .header("Content-Type", "application/json")
                .bodyValue("{}")
                .exchange();
    }
}
