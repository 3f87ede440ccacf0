package io.onsale.platform.tokens;

import io.onsale.platform.Ids;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The account behind a request, taken from its verified access token.
 *
 * @param userId the account
 * @param tokenId the token's {@code jti}, which logout revokes
 * @param issuedAt when the token was issued, to the millisecond where its id tells
 * @param expiresAt the token's end
 */
public record Caller(String userId, Role role, String tokenId, Instant issuedAt, Instant expiresAt) {

    /** The account that a verified access token speaks of; null when it names no role we know. */
    public static @Nullable Caller of(VerifiedToken token) {
        String role = token.claim("role");
        for (Role known : Role.values()) {
            if (known.name().equals(role)) {
                return new Caller(token.subject(), known, token.id(), issuedAt(token), token.expiresAt());
            }
        }
        return null;
    }

    /** {@code iat} is in whole seconds; an id of ours holds the milliseconds too. */
    private static Instant issuedAt(VerifiedToken token) {
        Instant made = Ids.madeAt(token.id());
        if (made != null && made.truncatedTo(ChronoUnit.SECONDS).equals(token.issuedAt())) {
            return made;
        }
        return token.issuedAt();
    }

    /** Whether the account has one of these roles. */
    public boolean hasRole(Role... roles) {
        return Arrays.asList(roles).contains(role);
    }
}
