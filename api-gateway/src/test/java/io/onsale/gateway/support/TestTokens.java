package io.onsale.gateway.support;

import io.jsonwebtoken.JwtBuilder;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.jackson.io.JacksonSerializer;
import io.jsonwebtoken.security.Jwks;
import io.onsale.local.tests.RsaKeys;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Signs tokens as the accounts module does, and wrongly where a test wants that. */
public final class TestTokens {
    public static final String KEY_ID = "access-1";

    private final KeyPair keys = RsaKeys.make();

    /** A buyer's token, good for an hour. */
    public String buyer(String userId) {
        return builder(userId).signWith(keys.getPrivate(), Jwts.SIG.RS256).compact();
    }

    /** A buyer's token with a known id. */
    public String buyer(String userId, String tokenId) {
        return builder(userId)
                .id(tokenId)
                .signWith(keys.getPrivate(), Jwts.SIG.RS256)
                .compact();
    }

    /** What a login would issue, to be changed before it is signed. */
    public JwtBuilder builder(String userId) {
        return Jwts.builder()
                .provider(RsaKeys.PROVIDER)
                .header()
                .type("at+jwt")
                .keyId(KEY_ID)
                .and()
                .issuer("onsale")
                .audience()
                .single("onsale-api")
                .subject(userId)
                .id(UUID.randomUUID().toString())
                .issuedAt(Date.from(Instant.now().minusSeconds(10)))
                .expiration(Date.from(Instant.now().plusSeconds(3600)))
                .claim("role", "BUYER");
    }

    public KeyPair keys() {
        return keys;
    }

    /** The document that publishes the public half. */
    public String document() {
        Map<String, Object> key = new HashMap<>(Jwks.builder()
                .key((RSAPublicKey) keys.getPublic())
                .id(KEY_ID)
                .publicKeyUse("sig")
                .algorithm("RS256")
                .build());
        return new String(
                new JacksonSerializer<Map<String, Object>>().serialize(Map.of("keys", List.of(key))),
                StandardCharsets.UTF_8);
    }
}
