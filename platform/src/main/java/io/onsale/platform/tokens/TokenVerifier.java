package io.onsale.platform.tokens;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObject;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.JWTClaimsSet;
import java.nio.charset.StandardCharsets;
import java.security.interfaces.RSAPublicKey;
import java.text.ParseException;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Verifies signed tokens: RS256 only, a key of that kind's issuers, {@code iss}, {@code aud}, {@code typ} and
 * {@code exp} (RFC 8725). Costs no I/O unless the token names a key not seen yet.
 */
public final class TokenVerifier {
    private static final int MAX_LENGTH = 4096;
    private static final int PARTS = 3;

    private final String issuer;
    private final Clock clock;
    private final Map<String, PublishedKeys> keysByKind;
    private final @Nullable KeyRing ownKeys;
    private final @Nullable String ownKind;
    private final SeenTokens seen = new SeenTokens();
    /** Of tokens whose signature was good: each of a key's tokens has the same one. */
    private final Cache<Base64URL, JWSHeader> headers =
            Caffeine.newBuilder().maximumSize(100).build();

    TokenVerifier(
            TokensProperties settings, Map<String, PublishedKeys> keysByKind, @Nullable KeyRing ownKeys, Clock clock) {
        this.issuer = settings.issuer();
        this.clock = clock;
        this.keysByKind = keysByKind;
        this.ownKeys = ownKeys;
        this.ownKind = settings.signs();
        // The parser's classes and services are loaded here: on an event loop that would block.
        check(TokenKind.ACCESS, "not.a.token");
    }

    /** What the token is. Never fails; a refusal is a value. */
    public Mono<TokenCheck> verify(TokenKind kind, String token) {
        if (token.length() > MAX_LENGTH) {
            return Mono.just(new TokenCheck.Invalid("too long"));
        }
        TokenCheck known = seen.find(kind, token, clock.instant(), this::knownKey);
        if (known != null) {
            return Mono.just(known);
        }
        try {
            return Mono.just(check(kind, token));
        } catch (UnknownKeyException unknown) {
            return refreshThenCheck(kind, token);
        }
    }

    private Mono<TokenCheck> refreshThenCheck(TokenKind kind, String token) {
        PublishedKeys published = keysByKind.get(kind.name());
        if (published == null) {
            return Mono.just(new TokenCheck.Invalid("unknown key"));
        }
        return published.refresh().map(allWereHeard -> checkOnce(kind, token, allWereHeard));
    }

    private TokenCheck checkOnce(TokenKind kind, String token, boolean allWereHeard) {
        try {
            return check(kind, token);
        } catch (UnknownKeyException unknown) {
            return allWereHeard ? new TokenCheck.Invalid("unknown key") : new TokenCheck.Undecided();
        }
    }

    private TokenCheck check(TokenKind kind, String token) {
        try {
            Base64URL[] parts = Part.of(token);
            JWSHeader header = headers.getIfPresent(parts[0]);
            boolean isNew = header == null;
            if (header == null) {
                header = JWSHeader.parse(object(parts[0]), parts[0]);
            }
            RSAPublicKey key = keyFor(kind, header);
            if (parts.length != PARTS || !isSigned(parts, header, key)) {
                return new TokenCheck.Invalid("signature");
            }
            if (isNew) {
                headers.put(parts[0], header);
            }
            TokenCheck found = check(kind, JWTClaimsSet.parse(object(parts[1])));
            if (found instanceof TokenCheck.Valid valid) {
                seen.note(kind, token, header.getKeyID(), key, valid);
            }
            return found;
        } catch (UnknownKeyException unknown) {
            throw unknown;
        } catch (ParseException | JOSEException | IllegalArgumentException refused) {
            return new TokenCheck.Invalid(refused.getClass().getSimpleName());
        }
    }

    /** The library takes the text "null" for an object, and stumbles over it later. */
    private static Map<String, Object> object(Base64URL part) throws ParseException {
        Map<String, Object> object = JSONObjectUtils.parse(part.decodeToString());
        if (object == null) {
            throw new ParseException("not an object", 0);
        }
        return object;
    }

    private static boolean isSigned(Base64URL[] parts, JWSHeader header, RSAPublicKey key) throws JOSEException {
        JWSVerifier verifier = new RSASSAVerifier(key);
        verifier.getJCAContext().setProvider(Rsa.PROVIDER);
        byte[] signed = (parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII);
        return verifier.verify(header, signed, parts[2]);
    }

    /** What a token whose signature is good says. */
    private TokenCheck check(TokenKind kind, JWTClaimsSet claims) {
        if (claims.getSubject() == null || claims.getJWTID() == null || claims.getExpirationTime() == null) {
            return new TokenCheck.Invalid("sub, jti or exp is missing");
        }
        Instant now = clock.instant();
        Instant expiresAt = claims.getExpirationTime().toInstant();
        if (!now.isBefore(expiresAt)) {
            return new TokenCheck.Expired();
        }
        if (claims.getNotBeforeTime() != null
                && now.isBefore(claims.getNotBeforeTime().toInstant())) {
            return new TokenCheck.Invalid("not yet");
        }
        if (!issuer.equals(claims.getIssuer()) || !claims.getAudience().contains(kind.audience())) {
            return new TokenCheck.Invalid("iss or aud");
        }
        Instant issuedAt = claims.getIssueTime() == null
                ? Instant.EPOCH
                : claims.getIssueTime().toInstant();
        return new TokenCheck.Valid(
                new VerifiedToken(claims.getSubject(), claims.getJWTID(), issuedAt, expiresAt, claims.getClaims()));
    }

    private RSAPublicKey keyFor(TokenKind kind, JWSHeader header) {
        boolean rightShape = JWSAlgorithm.RS256.equals(header.getAlgorithm())
                && header.getType() != null
                && kind.type().equals(header.getType().getType());
        if (!rightShape || header.getKeyID() == null) {
            throw new IllegalArgumentException("not an RS256 " + kind.type());
        }
        RSAPublicKey key = knownKey(kind, header.getKeyID());
        if (key == null) {
            throw new UnknownKeyException();
        }
        return key;
    }

    private @Nullable RSAPublicKey knownKey(TokenKind kind, @Nullable String keyId) {
        if (keyId == null) {
            return null;
        }
        RSAPublicKey key = ownKeys != null && kind.name().equals(ownKind) ? ownKeys.publicKey(keyId) : null;
        PublishedKeys published = keysByKind.get(kind.name());
        return key == null && published != null ? published.known(keyId) : key;
    }

    /** Read by the JDK: quicker than the library, which moreover passes over characters that are no Base64. */
    private static final class Part extends Base64URL {
        private static final long serialVersionUID = 1L;

        private Part(Base64URL part) {
            super(part.toString());
        }

        static Base64URL[] of(String token) throws ParseException {
            return Arrays.stream(JOSEObject.split(token)).map(Part::new).toArray(Part[]::new);
        }

        @Override
        public byte[] decode() {
            return Base64.getUrlDecoder().decode(toString());
        }

        @Override
        public String decodeToString() {
            return new String(decode(), StandardCharsets.UTF_8);
        }
    }

    private static final class UnknownKeyException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UnknownKeyException() {
            super("unknown key", null, false, false);
        }
    }
}
