package io.onsale.ticketing;

import io.onsale.local.sandbox.SandboxProcess;
import io.onsale.local.stores.TestStores;
import io.onsale.platform.Ids;
import io.onsale.platform.tokens.Role;
import io.onsale.platform.tokens.TokenKind;
import io.onsale.platform.tokens.TokenSigner;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpHeaders;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient;

/**
 * The whole app on a random port with real PostgreSQL, Redis and Kafka, keys made for this run, BlockHound watching.
 * One app serves all tests of a JVM: use fresh ids, touch nobody else's.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
public abstract class TicketingTest {

    static {
        TestStores.ahead(TestStores::kafka, TestStores::postgres, TestSandbox::process);
    }

    @Autowired
    protected DatabaseClient database;

    @Autowired
    private TokenSigner signer;

    @LocalServerPort
    protected int port;

    /** Calls this app directly, with 20 s for an answer. */
    protected WebTestClient http = WebTestClient.bindToServer().build();

    @DynamicPropertySource
    static void stores(DynamicPropertyRegistry settings) {
        settings.add("spring.r2dbc.url", () -> TestStores.postgres().r2dbcUrl());
        settings.add("spring.r2dbc.username", () -> TestStores.postgres().username());
        settings.add("spring.r2dbc.password", () -> TestStores.postgres().password());
        settings.add("spring.flyway.url", () -> TestStores.postgres().jdbcUrl());
        settings.add("spring.flyway.user", () -> TestStores.postgres().username());
        settings.add("spring.flyway.password", () -> TestStores.postgres().password());
        settings.add("onsale.redis.uris", () -> TestStores.redis().address());
        settings.add("onsale.redis.password", () -> TestStores.redis().password());
        settings.add("onsale.kafka.bootstrap-servers", () -> TestStores.kafka().bootstrapServers());
        settings.add("onsale.tokens.signing-keys", () -> TestKeys.signingKeys().toString());
        settings.add("onsale.tokens.jwks.pass", TestKeys::passKeysUri);
        settings.add("onsale.internal.keys", () -> "internal-key-for-tests-0123456789abcdef");
        settings.add("onsale.reservations.payment-token-keys", () -> "payment-token-key-for-tests-0123456789");
        settings.add("onsale.portone.base-url", TestSandbox::baseUrl);
        settings.add("onsale.portone.api-secret", () -> SandboxProcess.API_SECRET);
        settings.add("onsale.portone.webhook-secrets", () -> SandboxProcess.WEBHOOK_SECRET);
        settings.add("onsale.portone.checkout-url", () -> TestSandbox.baseUrl() + "/checkout/{paymentId}");
        settings.add("onsale.kakaopay.base-url", TestSandbox::baseUrl);
        settings.add("onsale.kakaopay.secret-key", () -> SandboxProcess.KAKAOPAY_SECRET_KEY);
        settings.add("spring.mail.port", () -> TestSandbox.process().smtpPort());
        settings.add("onsale.accounts.mail.poll-interval", () -> "100ms");
        settings.add("onsale.accounts.mail.retry-delay", () -> "200ms");
        settings.add("onsale.accounts.mail.retry-delay-max", () -> "1s");
        settings.add("onsale.tickets.qr-key", () -> "dGlja2V0cy1xci1rZXktZm9yLXRlc3RzLTAxMjM0NTY=");
        settings.add("management.server.port", () -> "0");
        settings.add("spring.reactor.netty.shutdown-quiet-period", () -> "0s");
    }

    @BeforeEach
    final void bindClient() {
        http = WebTestClient.bindToServer()
                .baseUrl("http://127.0.0.1:" + port)
                .responseTimeout(Duration.ofSeconds(20))
                .build();
    }

    /** A user nobody else uses, with an access token; the accounts module does not know it. */
    protected TestUser user(Role role) {
        String id = Ids.next();
        Instant now = Instant.now();
        String token = signer.sign(
                TokenKind.ACCESS, id, Ids.next(), now, now.plus(Duration.ofHours(1)), Map.of("role", role.name()));
        return new TestUser(id, role, token);
    }

    protected TestUser buyer() {
        return user(Role.BUYER);
    }

    /** Events made by a fresh seller. */
    protected TestEvents events() {
        return new TestEvents(http, user(Role.SELLER));
    }

    /** A fresh pass for that user and event, good for ten minutes. */
    protected static String pass(TestUser user, String eventId) {
        return pass(user, eventId, eventId + ":1:" + Ids.next(), Instant.now().plusSeconds(600));
    }

    protected static String pass(TestUser user, String eventId, String passId, Instant expiresAt) {
        return TestKeys.pass(user.id(), eventId, passId, expiresAt);
    }

    /**
     * An account as the apps see it: by its token.
     *
     * @param token goes into {@code Authorization: Bearer}
     */
    public record TestUser(String id, Role role, String token) {

        /** For {@code WebTestClient.RequestHeadersSpec.headers}. */
        public void authorize(HttpHeaders headers) {
            headers.setBearerAuth(token);
        }
    }
}
