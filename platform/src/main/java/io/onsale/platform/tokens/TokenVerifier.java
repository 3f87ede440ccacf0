package io.onsale.platform.tokens;

import io.jsonwebtoken.Claims;
import io.jsonwebtoken.ExpiredJwtException;
import io.jsonwebtoken.Header;
import io.jsonwebtoken.Jws;
import io.jsonwebtoken.JwsHeader;
import io.jsonwebtoken.JwtException;
import io.jsonwebtoken.JwtParser;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.UnsupportedJwtException;
import io.jsonwebtoken.io.Deserializer;
import io.jsonwebtoken.jackson.io.JacksonDeserializer;
import java.security.Key;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Verifies signed tokens: RS256 only, a key of that kind's issuers, {@code iss}, {@code aud}, {@code typ} and
 * {@code exp} (RFC 8725). Costs no I/O unless the token names a key not seen yet.
 */
public final class TokenVerifier {
    private static final int MAX_LENGTH = 4096;
    private static final Deserializer<Map<String, ?>> JSON = new JacksonDeserializer<>();

    private final String issuer;
    private final Clock clock;
    private final Map<String, PublishedKeys> keysByKind;
    private final @Nullable KeyRing ownKeys;
    private final @Nullable String ownKind;
    private final SeenTokens seen = new SeenTokens();
    private final Map<TokenKind, JwtParser> parsers = new ConcurrentHashMap<>();

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
            Jws<Claims> signed = parsers.computeIfAbsent(kind, this::parserFor).parseSignedClaims(token);
            Claims claims = signed.getPayload();
            if (claims.getSubject() == null || claims.getId() == null || claims.getExpiration() == null) {
                return new TokenCheck.Invalid("sub, jti or exp is missing");
            }
            TokenCheck.Valid valid = new TokenCheck.Valid(new VerifiedToken(
                    claims.getSubject(),
                    claims.getId(),
                    claims.getIssuedAt() == null
                            ? Instant.EPOCH
                            : claims.getIssuedAt().toInstant(),
                    claims.getExpiration().toInstant(),
                    claims));
            remember(kind, token, signed.getHeader().getKeyId(), valid);
            return valid;
        } catch (ExpiredJwtException expired) {
            return new TokenCheck.Expired();
        } catch (UnknownKeyException unknown) {
            throw unknown;
        } catch (JwtException | IllegalArgumentException refused) {
            return new TokenCheck.Invalid(refused.getClass().getSimpleName());
        }
    }

    private void remember(TokenKind kind, String token, String keyId, TokenCheck.Valid valid) {
        Key key = knownKey(kind, keyId);
        if (key != null) {
            seen.note(kind, token, keyId, key, valid);
        }
    }

    private JwtParser parserFor(TokenKind kind) {
        return Jwts.parser()
                .provider(Rsa.PROVIDER)
                .requireIssuer(issuer)
                .requireAudience(kind.audience())
                .json(JSON)
                .clock(() -> Date.from(clock.instant()))
                .keyLocator(header -> keyFor(kind, header))
                .build();
    }

    private Key keyFor(TokenKind kind, Header header) {
        boolean rightShape = header instanceof JwsHeader
                && "RS256".equals(header.getAlgorithm())
                && kind.type().equals(header.getType());
        if (!rightShape || ((JwsHeader) header).getKeyId() == null) {
            throw new UnsupportedJwtException("not an RS256 " + kind.type());
        }
        Key key = knownKey(kind, ((JwsHeader) header).getKeyId());
        if (key == null) {
            throw new UnknownKeyException();
        }
        return key;
    }

    private @Nullable Key knownKey(TokenKind kind, @Nullable String keyId) {
        if (keyId == null) {
            return null;
        }
        Key key = ownKeys != null && kind.name().equals(ownKind) ? ownKeys.publicKey(keyId) : null;
        PublishedKeys published = keysByKind.get(kind.name());
        return key == null && published != null ? published.known(keyId) : key;
    }

    private static final class UnknownKeyException extends JwtException {
        private static final long serialVersionUID = 1L;

        UnknownKeyException() {
            super("unknown key");
        }
    }
}
