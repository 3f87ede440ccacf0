package io.onsale.platform.tokens;

import java.time.Instant;
import java.util.Arrays;

/**
 * The account behind a request, taken from its verified access token.
 *
 * @param userId the account
 * @param tokenId the token's {@code jti}, which logout revokes
 * @param expiresAt the token's end
 */
public record Caller(String userId, Role role, String tokenId, Instant expiresAt) {

    /** Whether the account has one of these roles. */
    public boolean hasRole(Role... roles) {
        return Arrays.asList(roles).contains(role);
    }
}
