package io.onsale.loadtest.sweep;

import static io.onsale.loadtest.sweep.Attacker.get;

import io.jsonwebtoken.Jwts;
import io.onsale.loadtest.people.Tokens;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.RSAPublicKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.JsonNode;

/** Tokens that look right (RFC 8725). */
final class TokenAttacks {
    private static final String ME = "/users/me";

    private final Attacker attacker;
    private final Tokens tokens;
    private final String user;

    TokenAttacks(Attacker attacker, Tokens tokens, String user) {
        this.attacker = attacker;
        this.tokens = tokens;
        this.user = user;
    }

    void run(String pass, String paymentToken) {
        String good = tokens.access(user, "BUYER");
        String[] parts = good.split("\\.");
        refused("no token", "", "TOKEN_MISSING");
        refused(
                "unsigned token (alg none)",
                encoded("{\"alg\":\"none\",\"typ\":\"at+jwt\"}") + "." + parts[1] + ".",
                "TOKEN_INVALID");
        refused("token signed with the MAC of the public key", macOfThePublicKey(parts[1]), "TOKEN_INVALID");
        refused("token of another key under a known key id", ofAnotherKey(good), "TOKEN_INVALID");
        refused(
                "token whose role was changed after signing",
                parts[0] + "." + encoded(decoded(parts[1]).replace("BUYER", "ADMIN")) + "." + parts[2],
                "TOKEN_INVALID");
        refused(
                "token of another issuer",
                tokens.forged(user, "BUYER", token -> token.issuer("evil")),
                "TOKEN_INVALID");
        refused(
                "token for another audience",
                tokens.forged(user, "BUYER", token -> token.audience().single("elsewhere")),
                "TOKEN_INVALID");
        refused(
                "token of another type",
                tokens.forged(user, "BUYER", token -> token.header().type("JWT").and()),
                "TOKEN_INVALID");
        refused(
                "token of an unknown key",
                tokens.forged(
                        user, "BUYER", token -> token.header().keyId("who").and()),
                "TOKEN_INVALID");
        refused(
                "token that is over",
                tokens.forged(
                        user,
                        "BUYER",
                        token -> token.expiration(Date.from(Instant.now().minusSeconds(60)))),
                "TOKEN_EXPIRED");
        refused("token with a role that nobody has", tokens.access(user, "ROOT"), "TOKEN_INVALID");
        refused("entry pass in place of an access token", pass, "TOKEN_INVALID");
        refused("payment token in place of an access token", paymentToken, "TOKEN_INVALID");
        attacker.attack(
                "two tokens in one request",
                get(ME, "").with("Authorization", "Bearer " + good + "\r\nAuthorization: Bearer " + good),
                401,
                "TOKEN_INVALID");
    }

    private void refused(String name, String token, String code) {
        attacker.attack(name, get(ME, token), 401, code);
    }

    private String ofAnotherKey(String good) {
        String header = decoded(good.split("\\.")[0]);
        String keyId = header.replaceFirst(".*\"kid\":\"([^\"]*)\".*", "$1");
        return Jwts.builder()
                .header()
                .type("at+jwt")
                .keyId(keyId)
                .and()
                .issuer("onsale")
                .audience()
                .single("onsale-api")
                .subject(user)
                .id("forged")
                .expiration(Date.from(Instant.now().plusSeconds(600)))
                .claim("role", "ADMIN")
                .signWith(Jwts.SIG.RS256.keyPair().build().getPrivate(), Jwts.SIG.RS256)
                .compact();
    }

    private String macOfThePublicKey(String payload) {
        JsonNode key = Attacker.json(attacker.send(Call.of("GET", "/.well-known/jwks.json")))
                .path("keys")
                .path(0);
        try {
            byte[] published = KeyFactory.getInstance("RSA")
                    .generatePublic(new RSAPublicKeySpec(number(key.path("n")), number(key.path("e"))))
                    .getEncoded();
            String head = encoded("{\"alg\":\"HS256\",\"typ\":\"at+jwt\",\"kid\":\""
                    + key.path("kid").asString("") + "\"}");
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(published, "HmacSHA256"));
            byte[] signature = mac.doFinal((head + "." + payload).getBytes(StandardCharsets.UTF_8));
            return head + "." + payload + "."
                    + Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static BigInteger number(JsonNode base64) {
        return new BigInteger(1, Base64.getUrlDecoder().decode(base64.asString("")));
    }

    private static String encoded(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String decoded(String part) {
        return new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8);
    }
}
