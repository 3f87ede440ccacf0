package io.onsale.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.onsale.local.stores.TestStores;
import io.onsale.local.tests.RsaKeys;
import io.onsale.platform.Ids;
import io.onsale.platform.kafka.Envelope;
import io.onsale.platform.kafka.EventPublisher;
import io.onsale.platform.tokens.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.json.JsonMapper;

/** The app on real Redis and Kafka, with a client per account. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
abstract class RunningQueue {
    static {
        TestStores.ahead(TestStores::kafka);
    }

    static final Path SIGNING_KEYS = signingKeys();

    @LocalServerPort
    int port;

    String eventId;

    @Autowired
    private EventPublisher catalogue;

    private final String run = Ids.next();

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry registry) {
        registry.add(
                "onsale.redis.uris",
                () -> String.join(",", TestStores.redisTarget().uris()));
        registry.add("onsale.redis.cluster", () -> TestStores.redisTarget().isCluster());
        registry.add("onsale.kafka.bootstrap-servers", () -> TestStores.kafka().bootstrapServers());
        registry.add("onsale.tokens.signing-keys", () -> SIGNING_KEYS.toString());
        registry.add("onsale.tokens.jwks.access", () -> TicketingStandIn.url() + "/.well-known/jwks.json");
        registry.add("onsale.ticketing.uris", TicketingStandIn::url);
        registry.add("onsale.queue.token-keys", () -> "a-key-of-the-tests-with-32-characters-or-more");
        registry.add("onsale.internal.keys", () -> "a-service-credential-of-the-tests-long-enough");
        registry.add("management.server.port", () -> "0");
        registry.add("spring.reactor.netty.shutdown-quiet-period", () -> "0s");
    }

    @BeforeEach
    void freshEvent() {
        eventId = Ids.next();
    }

    /** It takes nobody before it knows what operators decided. */
    @BeforeEach
    void ready() {
        await(this::isReady);
    }

    boolean isReady() {
        return as("anyone")
                .get()
                .uri("/readyz")
                .exchange()
                .returnResult(Void.class)
                .getStatus()
                .is2xxSuccessful();
    }

    void onSale(Map<String, Object> waitingRoom) {
        TicketingStandIn.event(eventId, waitingRoom);
    }

    /** What the catalogue says on Kafka. */
    void tell(String type, String key, Map<String, Object> payload) {
        Envelope envelope = new Envelope(
                Ids.next(),
                type,
                key,
                1,
                Instant.now(),
                null,
                JsonMapper.shared().valueToTree(payload));
        catalogue.publish("event.events", envelope).block(Duration.ofSeconds(10));
    }

    /** The account of that name in this test; another in every test, since an account waits in one line at a time. */
    String user(String name) {
        return name + '-' + run;
    }

    WebTestClient as(String userId) {
        return as(user(userId), Role.BUYER);
    }

    WebTestClient as(String userId, Role role) {
        return WebTestClient.bindToServer()
                .baseUrl("http://127.0.0.1:" + port)
                .responseTimeout(Duration.ofSeconds(20))
                .defaultHeader("Authorization", "Bearer " + TicketingStandIn.accessToken(userId, role))
                .build();
    }

    Answer enter(String userId) {
        return enter(userId, Map.of("eventId", eventId));
    }

    Answer enter(String userId, Map<String, Object> body) {
        return as(userId)
                .post()
                .uri("/api/v1/queue/enter")
                .bodyValue(body)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(Answer.class)
                .returnResult()
                .getResponseBody();
    }

    Answer status(String userId) {
        return as(userId)
                .get()
                .uri("/api/v1/queue/status?eventId={id}", eventId)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(Answer.class)
                .returnResult()
                .getResponseBody();
    }

    Map<?, ?> control(Map<String, Object> change) {
        return as("seller-1", Role.SELLER)
                .patch()
                .uri("/api/v1/queue/admin/{id}", eventId)
                .bodyValue(change)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(Map.class)
                .returnResult()
                .getResponseBody();
    }

    /** Waits until something is so, for ten seconds. */
    static void await(BooleanSupplier isSo) {
        await(Duration.ofSeconds(10), isSo);
    }

    static void await(Duration longest, BooleanSupplier isSo) {
        Instant deadline = Instant.now().plus(longest);
        while (!isSo.getAsBoolean()) {
            assertThat(Instant.now()).as("waited too long").isBefore(deadline);
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** What a client reads of an answer. */
    record Answer(
            String eventId,
            String state,
            Long position,
            Long ahead,
            long total,
            long admittedTotal,
            Map<String, Long> etaSeconds,
            long pollAfterMillis,
            String opensAt,
            String entry,
            String placeToken,
            String pass,
            String passExpiresAt) {}

    private static Path signingKeys() {
        try {
            Path directory = Files.createTempDirectory("pass-keys");
            Files.writeString(directory.resolve("2026-01.pem"), RsaKeys.pem(RsaKeys.make()));
            return directory;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
