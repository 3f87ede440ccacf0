package io.onsale.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.jsonwebtoken.JwtBuilder;
import io.jsonwebtoken.Jwts;
import io.lettuce.core.RedisClient;
import io.onsale.gateway.support.TestGateway;
import io.onsale.gateway.support.TestTokens;
import io.onsale.local.stores.TestStores;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.function.UnaryOperator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Each test is one way to get past the token check, and none works. */
@Order(1)
class TokensAtTheEdgeTest {
    private static TestGateway gateway;

    @BeforeAll
    static void start() {
        gateway = TestGateway.usual();
    }

    @BeforeEach
    void reset() {
        gateway.reset();
    }

    @Test
    void aGoodTokenIsPassedOnAsItIs() {
        String token = gateway.tokens().buyer("u1");
        gateway.client()
                .get()
                .uri("/api/v1/users/me")
                .headers(h -> h.setBearerAuth(token))
                .exchange()
                .expectStatus()
                .isOk();
        assertThat(gateway.ticketing().last().headers().get("Authorization")).isEqualTo("Bearer " + token);
    }

    @Test
    void noToken() {
        gateway.client()
                .get()
                .uri("/api/v1/users/me")
                .exchange()
                .expectStatus()
                .isUnauthorized()
                .expectHeader()
                .exists("WWW-Authenticate")
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("TOKEN_MISSING");
        assertThat(gateway.ticketing().seen()).isEmpty();
    }

    @Test
    void expired() {
        refuse(signed(token -> token.expiration(Date.from(Instant.now().minusSeconds(1)))), "TOKEN_EXPIRED");
    }

    @Test
    void forgedByAnotherKeyUnderAKnownKeyId() {
        TestTokens stranger = new TestTokens();
        refuse(stranger.buyer("u1"), "TOKEN_INVALID");
    }

    @Test
    void unsigned() {
        refuse(encoded("{\"alg\":\"none\",\"typ\":\"at+jwt\"}") + "." + payload() + ".", "TOKEN_INVALID");
    }

    @Test
    void signedByTheMacOfThePublicKey() throws Exception {
        String head = encoded("{\"alg\":\"HS256\",\"typ\":\"at+jwt\",\"kid\":\"" + TestTokens.KEY_ID + "\"}");
        String signed = head + "." + payload();
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(gateway.tokens().keys().getPublic().getEncoded(), "HmacSHA256"));
        byte[] signature = mac.doFinal(signed.getBytes(StandardCharsets.US_ASCII));
        refuse(signed + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature), "TOKEN_INVALID");
    }

    @Test
    void anotherIssuer() {
        refuse(signed(token -> token.issuer("somebody")), "TOKEN_INVALID");
    }

    @Test
    void anotherAudience() {
        refuse(signed(token -> token.audience().single("onsale-hold")), "TOKEN_INVALID");
    }

    @Test
    void aPassInPlaceOfAnAccessToken() {
        refuse(signed(token -> token.header().type("pass+jwt").and()), "TOKEN_INVALID");
    }

    @Test
    void anUnknownKeyId() {
        refuse(signed(token -> token.header().keyId("access-99").and()), "TOKEN_INVALID");
    }

    @Test
    void aRoleNobodyHas() {
        refuse(signed(token -> token.claim("role", "ROOT")), "TOKEN_INVALID");
    }

    @Test
    void twoTokensInOneRequest() {
        gateway.client()
                .get()
                .uri("/api/v1/users/me")
                .header("Authorization", "Bearer " + gateway.tokens().buyer("u1"))
                .header("Authorization", "Bearer " + gateway.tokens().buyer("u2"))
                .exchange()
                .expectStatus()
                .isUnauthorized();
        assertThat(gateway.ticketing().seen()).isEmpty();
    }

    @Test
    void anotherSchemeThanBearer() {
        gateway.client()
                .get()
                .uri("/api/v1/users/me")
                .header("Authorization", "Basic dTpw")
                .exchange()
                .expectStatus()
                .isUnauthorized()
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("TOKEN_INVALID");
    }

    @Test
    void usedAfterLogout() {
        String token = gateway.tokens().buyer("u1", "logged-out-1");
        RedisClient redis = RedisClient.create(TestStores.redis().uri().toString());
        try (var connection = redis.connect()) {
            connection.sync().hset("tokens:ended:{u1}", "logged-out-1", "1");
        } finally {
            redis.shutdown();
        }
        refuse(token, "TOKEN_INVALID");
    }

    @Test
    void usedAfterThePasswordWasReset() {
        // Issued ten seconds ago, as all tokens of this test are.
        String before = gateway.tokens().buyer("u-reset", "any-id");
        endAllUntil("u-reset", Instant.now().minusSeconds(5));
        refuse(before, "TOKEN_INVALID");
    }

    @Test
    void oneOfTheNextLoginIsGood() {
        String after = gateway.tokens().buyer("u-next", "any-id");
        endAllUntil("u-next", Instant.now().minusSeconds(60));
        gateway.client()
                .get()
                .uri("/api/v1/users/me")
                .headers(h -> h.setBearerAuth(after))
                .exchange()
                .expectStatus()
                .isOk();
    }

    private static void endAllUntil(String user, Instant time) {
        RedisClient redis = RedisClient.create(TestStores.redis().uri().toString());
        try (var connection = redis.connect()) {
            connection.sync().hset("tokens:ended:{" + user + "}", "*", Long.toString(time.toEpochMilli()));
        } finally {
            redis.shutdown();
        }
    }

    @Test
    void anOpenCallWithABadTokenIsServedAsAnonymousAndTheTokenIsDropped() {
        gateway.client()
                .get()
                .uri("/api/v1/events")
                .headers(h -> h.setBearerAuth("not.a.token"))
                .exchange()
                .expectStatus()
                .isOk();
        assertThat(gateway.ticketing().last().headers().contains("Authorization"))
                .isFalse();
    }

    @Test
    void identityHeadersOfTheClientNeverReachAService() {
        gateway.client()
                .get()
                .uri("/api/v1/events")
                .header("X-User-Id", "admin")
                .header("X-User-Role", "ADMIN")
                .header("X-Authenticated-User", "admin")
                .header("X-Onsale-Caller", "admin")
                .header("Internal-Key", "guess")
                .header("X-Forwarded-Host", "evil.example")
                .header("Forwarded", "for=1.2.3.4")
                .header("X-Original-URL", "/internal/x")
                .header("X-Http-Method-Override", "DELETE")
                .header("Connection", "keep-alive, X-Secret")
                .header("X-Secret", "1")
                .exchange()
                .expectStatus()
                .isOk();
        assertThat(gateway.ticketing().last().headers().names())
                .noneMatch(name -> name.toLowerCase(java.util.Locale.ROOT)
                        .matches("x-user.*|x-auth.*|x-onsale.*|internal-key|forwarded|x-original.*|x-http.*|x-secret"));
        assertThat(gateway.ticketing().last().headers().get("X-Forwarded-Host")).doesNotContain("evil");
    }

    private void refuse(String token, String code) {
        gateway.client()
                .get()
                .uri("/api/v1/users/me")
                .headers(h -> h.setBearerAuth(token))
                .exchange()
                .expectStatus()
                .isUnauthorized()
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo(code);
        assertThat(gateway.ticketing().seen()).isEmpty();
    }

    private static String signed(UnaryOperator<JwtBuilder> change) {
        return change.apply(gateway.tokens().builder("u1"))
                .signWith(gateway.tokens().keys().getPrivate(), Jwts.SIG.RS256)
                .compact();
    }

    private static String payload() {
        return encoded(
                "{\"iss\":\"onsale\",\"aud\":\"onsale-api\",\"sub\":\"u1\",\"role\":\"ADMIN\",\"jti\":\"j\",\"exp\":"
                        + Instant.now().plusSeconds(600).getEpochSecond() + "}");
    }

    private static String encoded(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }
}
