package io.onsale.platform.tokens;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A token whose signature, kind, issuer and end were checked.
 *
 * @param subject the account it speaks of
 * @param id its {@code jti}
 * @param issuedAt in whole seconds; the beginning of time where the token does not say
 * @param claims all claims, registered ones included
 */
public record VerifiedToken(
        String subject, String id, Instant issuedAt, Instant expiresAt, Map<String, Object> claims) {

    /** A claim that is a string; null when it is missing or something else. */
    public @Nullable String claim(String name) {
        return claims.get(name) instanceof String text ? text : null;
    }
}
