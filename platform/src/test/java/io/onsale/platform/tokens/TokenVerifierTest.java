package io.onsale.platform.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jsonwebtoken.JwtBuilder;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.security.Keys;
import io.onsale.local.tests.RsaKeys;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenVerifierTest {
    private static final Instant NOW = Instant.parse("2026-05-01T03:00:00Z");
    private static final TokenKind PASS = new TokenKind("pass", "pass+jwt", "onsale-hold");

    @TempDir
    Path directory;

    private KeyPair pair;
    private TokenSigner signer;
    private TokenVerifier verifier;
    private KeyRing keys;
    private Instant now = NOW;

    @BeforeEach
    void makeKeys() {
        pair = TestKeys.write(directory, "access-1", 2048);
        keys = new KeyRing(directory);
        signer = new TokenSigner("onsale", keys);
        var settings = new TokensProperties("onsale", "access", directory, Map.of(), Duration.ofMinutes(1));
        verifier = new TokenVerifier(settings, Map.of(), keys, handOfTheTest());
    }

    @Test
    void acceptsItsOwnToken() {
        String token =
                signer.sign(TokenKind.ACCESS, "user-1", "jti-1", NOW, NOW.plusSeconds(60), Map.of("role", "BUYER"));

        assertThat(check(TokenKind.ACCESS, token)).isInstanceOfSatisfying(TokenCheck.Valid.class, valid -> {
            assertThat(valid.token().subject()).isEqualTo("user-1");
            assertThat(valid.token().id()).isEqualTo("jti-1");
            assertThat(valid.token().expiresAt()).isEqualTo(NOW.plusSeconds(60));
            assertThat(valid.token().claim("role")).isEqualTo("BUYER");
        });
    }

    @Test
    void tellsAnExpiredTokenFromAForgedOne() {
        String token =
                signer.sign(TokenKind.ACCESS, "user-1", "jti-1", NOW.minusSeconds(60), NOW.minusSeconds(1), Map.of());

        assertThat(check(TokenKind.ACCESS, token)).isInstanceOf(TokenCheck.Expired.class);
    }

    @Test
    void refusesWhatIsNoBase64() {
        String good = valid().signWith(pair.getPrivate(), Jwts.SIG.RS256).compact();
        assertThat(check(TokenKind.ACCESS, good)).isInstanceOf(TokenCheck.Valid.class);

        refuses(good + "!");
        refuses(good.substring(0, good.length() - 5) + "*" + good.substring(good.length() - 5));
    }

    @Test
    void refusesAlgNone() {
        refuses(valid().compact());
    }

    @Test
    void refusesAnHmacMadeWithThePublicKey() {
        var publicKeyAsSecret = Keys.hmacShaKeyFor(pair.getPublic().getEncoded());

        refuses(valid().signWith(publicKeyAsSecret, Jwts.SIG.HS256).compact());
    }

    @Test
    void refusesAnotherRsaAlgorithm() {
        refuses(valid().signWith(pair.getPrivate(), Jwts.SIG.RS512).compact());
    }

    @Test
    void refusesAnotherKeyUnderTheSameId() {
        KeyPair foreign = RsaKeys.make();

        refuses(valid().signWith(foreign.getPrivate(), Jwts.SIG.RS256).compact());
    }

    @Test
    void refusesAnUnknownKeyId() {
        refuses(valid().header()
                .keyId("access-9")
                .and()
                .signWith(pair.getPrivate(), Jwts.SIG.RS256)
                .compact());
    }

    @Test
    void refusesAnotherIssuer() {
        refuses(valid().issuer("elsewhere")
                .signWith(pair.getPrivate(), Jwts.SIG.RS256)
                .compact());
    }

    @Test
    void refusesAnotherAudience() {
        refuses(valid().audience()
                .single("onsale-hold")
                .signWith(pair.getPrivate(), Jwts.SIG.RS256)
                .compact());
    }

    @Test
    void refusesAnotherType() {
        refuses(valid().header()
                .type("pass+jwt")
                .and()
                .signWith(pair.getPrivate(), Jwts.SIG.RS256)
                .compact());
    }

    @Test
    void refusesATokenWithoutAnEnd() {
        refuses(valid().expiration(null)
                .signWith(pair.getPrivate(), Jwts.SIG.RS256)
                .compact());
    }

    @Test
    void doesNotTakeAnAccessTokenForAPass() {
        String token = signer.sign(TokenKind.ACCESS, "user-1", "jti-1", NOW, NOW.plusSeconds(60), Map.of());

        assertThat(check(PASS, token)).isInstanceOf(TokenCheck.Invalid.class);
    }

    @Test
    void doesNotTakeAPassSignedWithTheAccessKey() {
        String token = signer.sign(PASS, "user-1", "jti-1", NOW, NOW.plusSeconds(60), Map.of());

        assertThat(check(PASS, token)).isInstanceOf(TokenCheck.Invalid.class);
    }

    @Test
    void refusesWhatIsNoToken() {
        refuses("");
        refuses("a.b.c");
        refuses("x".repeat(100_000));
    }

    @Test
    void refusesTheTextNullForAHeaderAndForTheClaims() {
        refuses("bnVsbA.bnVsbA.bnVsbA");
        refuses(valid().claims()
                .empty()
                .and()
                .content("null")
                .signWith(pair.getPrivate(), Jwts.SIG.RS256)
                .compact());
    }

    @Test
    void refusesAWeakKeyAtBoot() {
        TestKeys.write(directory, "access-2", 1024);

        assertThatThrownBy(() -> new KeyRing(directory)).hasMessageContaining("weaker than 2048 bits");
    }

    @Test
    void aTokenSeenBeforeEndsAllTheSame() {
        String token = signer.sign(TokenKind.ACCESS, "user-1", "jti-1", NOW, NOW.plusSeconds(60), Map.of());
        assertThat(check(TokenKind.ACCESS, token)).isInstanceOf(TokenCheck.Valid.class);
        now = NOW.plusSeconds(59);
        assertThat(check(TokenKind.ACCESS, token)).isInstanceOf(TokenCheck.Valid.class);
        now = NOW.plusSeconds(61);
        assertThat(check(TokenKind.ACCESS, token)).isInstanceOf(TokenCheck.Expired.class);
    }

    @Test
    void aTokenSeenBeforeIsRefusedOnceItsKeyIsTakenBackOrReplaced() throws Exception {
        String token = signer.sign(TokenKind.ACCESS, "user-1", "jti-1", NOW, NOW.plusSeconds(60), Map.of());
        assertThat(check(TokenKind.ACCESS, token)).isInstanceOf(TokenCheck.Valid.class);
        TestKeys.write(directory, "access-2", 2048);
        keys.reload();
        assertThat(check(TokenKind.ACCESS, token)).as("another key beside it").isInstanceOf(TokenCheck.Valid.class);
        Files.delete(directory.resolve("access-1.pem"));
        keys.reload();
        refuses(token);
        TestKeys.write(directory, "access-1", 2048);
        keys.reload();
        refuses(token);
    }

    @Test
    void aTokenSeenBeforeIsOfItsOwnKindOnly() {
        String token = signer.sign(TokenKind.ACCESS, "user-1", "jti-1", NOW, NOW.plusSeconds(60), Map.of());
        assertThat(check(TokenKind.ACCESS, token)).isInstanceOf(TokenCheck.Valid.class);
        assertThat(check(PASS, token)).isInstanceOf(TokenCheck.Invalid.class);
        refuses(token.substring(0, token.length() - 1));
    }

    private Clock handOfTheTest() {
        return new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now;
            }
        };
    }

    private JwtBuilder valid() {
        return Jwts.builder()
                .header()
                .type("at+jwt")
                .keyId("access-1")
                .and()
                .issuer("onsale")
                .audience()
                .single("onsale-api")
                .subject("user-1")
                .id("jti-1")
                .expiration(Date.from(NOW.plusSeconds(60)));
    }

    private void refuses(String token) {
        assertThat(check(TokenKind.ACCESS, token)).isInstanceOf(TokenCheck.Invalid.class);
    }

    private TokenCheck check(TokenKind kind, String token) {
        return verifier.verify(kind, token).block(Duration.ofSeconds(5));
    }
}
