package io.onsale.ticketing;

import io.jsonwebtoken.Jwts;
import io.onsale.local.tests.RsaKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.Map;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** Keys made for one test run: the app's own for access tokens, and a waiting room's for passes with its JWKS. */
final class TestKeys {
    private static final KeyPair PASS_KEY = RsaKeys.make();
    private static final DisposableServer WAITING_ROOM = HttpServer.create()
            .host("127.0.0.1")
            .port(0)
            .route(routes -> routes.get(
                    "/.well-known/jwks.json",
                    (request, response) ->
                            response.header("Content-Type", "application/json").sendString(Mono.just(passKeys()))))
            .bindNow();

    private TestKeys() {}

    /** A directory with one signing key in it. */
    static Path signingKeys() {
        try {
            Path directory = Files.createTempDirectory("signing-keys");
            Path file = directory.resolve("test-1.pem");
            Files.writeString(file, RsaKeys.pem(RsaKeys.make()));
            directory.toFile().deleteOnExit();
            file.toFile().deleteOnExit();
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String passKeysUri() {
        return "http://127.0.0.1:" + WAITING_ROOM.port() + "/.well-known/jwks.json";
    }

    /** A pass as the waiting room issues it. */
    static String pass(String userId, String eventId, String passId, Instant expiresAt) {
        return Jwts.builder()
                .provider(RsaKeys.PROVIDER)
                .header()
                .type("pass+jwt")
                .keyId("pass-1")
                .and()
                .issuer("onsale")
                .audience()
                .single("onsale-hold")
                .subject(userId)
                .id(passId)
                .issuedAt(new Date())
                .expiration(Date.from(expiresAt))
                .claims(Map.of("event", eventId))
                .signWith(PASS_KEY.getPrivate(), Jwts.SIG.RS256)
                .compact();
    }

    private static String passKeys() {
        RSAPublicKey key = (RSAPublicKey) PASS_KEY.getPublic();
        return "{\"keys\":[{\"kty\":\"RSA\",\"kid\":\"pass-1\",\"alg\":\"RS256\",\"n\":\"%s\",\"e\":\"%s\"}]}"
                .formatted(
                        base64Url(key.getModulus().toByteArray()),
                        base64Url(key.getPublicExponent().toByteArray()));
    }

    /** JWK numbers have no sign byte (RFC 7518, section 6.3.1). */
    private static String base64Url(byte[] number) {
        int start = number[0] == 0 ? 1 : 0;
        byte[] unsigned = java.util.Arrays.copyOfRange(number, start, number.length);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(unsigned);
    }
}
