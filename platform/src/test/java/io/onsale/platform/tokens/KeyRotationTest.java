package io.onsale.platform.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import io.jsonwebtoken.security.Jwks;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.springframework.boot.health.contributor.Status;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** A verifier in one app, an issuer in another, and its keys published over HTTP. */
class KeyRotationTest {
    @TempDir
    Path directory;

    private final AtomicInteger reads = new AtomicInteger();
    private KeyRing issuerKeys;
    private DisposableServer issuer;
    private PublishedKeys published;
    private TokenVerifier verifier;

    @BeforeEach
    void start() {
        TestKeys.write(directory, "access-1", 2048);
        issuerKeys = new KeyRing(directory);
        issuer = listen(0);
        published = new PublishedKeys(
                List.of(URI.create("http://127.0.0.1:" + issuer.port() + "/jwks.json")), WebClient.create());
        var settings = new TokensProperties("onsale", null, null, Map.of(), Duration.ofMinutes(1));
        verifier = new TokenVerifier(settings, Map.of("access", published), null, Clock.systemUTC());
    }

    private DisposableServer listen(int port) {
        return HttpServer.create()
                .host("127.0.0.1")
                .port(port)
                .handle((request, response) -> response.sendString(Mono.fromSupplier(this::document)))
                .bindNow();
    }

    @AfterEach
    void stop() {
        issuer.disposeNow();
    }

    @Test
    @Execution(CONCURRENT)
    void learnsAKeyThatIsAddedLater() throws InterruptedException {
        assertThat(check(sign())).isInstanceOf(TokenCheck.Valid.class);

        TestKeys.write(directory, "access-2", 2048);
        issuerKeys.reload();
        String newer = sign();
        Mono.delay(PublishedKeys.MIN_REFRESH).block();

        assertThat(check(newer)).isInstanceOf(TokenCheck.Valid.class);
    }

    @Test
    @Execution(CONCURRENT)
    void forgetsAKeyThatIsWithdrawn() throws Exception {
        String older = sign();
        assertThat(check(older)).isInstanceOf(TokenCheck.Valid.class);

        TestKeys.write(directory, "access-2", 2048);
        Files.delete(directory.resolve("access-1.pem"));
        issuerKeys.reload();
        Mono.delay(PublishedKeys.MIN_REFRESH).then(published.refresh()).block();

        assertThat(check(older)).isInstanceOf(TokenCheck.Invalid.class);
    }

    /** An app that starts before its issuer must not tell the issuer's callers that their tokens are no good. */
    @Test
    void decidesNothingBeforeItHeardTheIssuerAndAllSoonAfter() {
        var health = new TokensAutoConfiguration.HealthConfiguration()
                .keysHealthIndicator(new TokensAutoConfiguration.PublishedKeysByKind(Map.of("access", published)));
        int port = issuer.port();
        issuer.disposeNow();
        assertThat(check(sign())).isInstanceOf(TokenCheck.Undecided.class);
        assertThat(health.health().block().getStatus()).isEqualTo(Status.DOWN);

        issuer = listen(port);
        Mono.delay(PublishedKeys.MIN_RETRY).block();
        assertThat(check(sign())).isInstanceOf(TokenCheck.Valid.class);
        assertThat(health.health().block().getStatus()).isEqualTo(Status.UP);
    }

    @Test
    void asksTheIssuerOnceHoweverManyForgedTokensCome() {
        assertThat(check(sign())).isInstanceOf(TokenCheck.Valid.class);
        String forged = sign().replaceFirst(
                        "^[^.]+",
                        java.util.Base64.getUrlEncoder()
                                .withoutPadding()
                                .encodeToString("{\"alg\":\"RS256\",\"typ\":\"at+jwt\",\"kid\":\"none-such\"}"
                                        .getBytes(java.nio.charset.StandardCharsets.UTF_8)));

        for (int i = 0; i < 200; i++) {
            assertThat(check(forged)).isInstanceOf(TokenCheck.Invalid.class);
        }

        assertThat(reads).hasValueLessThanOrEqualTo(2);
    }

    private String document() {
        reads.incrementAndGet();
        String keys = issuerKeys.publicKeys().entrySet().stream()
                .map(entry -> Jwks.UNSAFE_JSON(
                        Jwks.builder().key(entry.getValue()).id(entry.getKey()).build()))
                .collect(Collectors.joining(","));
        return "{\"keys\":[" + keys + "]}";
    }

    private String sign() {
        Instant now = Instant.now();
        return new TokenSigner("onsale", issuerKeys)
                .sign(TokenKind.ACCESS, "user-1", "jti-1", now, now.plusSeconds(60), Map.of());
    }

    private TokenCheck check(String token) {
        return verifier.verify(TokenKind.ACCESS, token).block(Duration.ofSeconds(5));
    }
}
