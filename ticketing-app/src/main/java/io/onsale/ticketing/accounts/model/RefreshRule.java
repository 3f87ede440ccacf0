package io.onsale.ticketing.accounts.model;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What to do with a presented refresh token. Tokens rotate at every use; a used one that comes back means that two parties hold the
 * session, unless the same device asks again within moments because it never got the answer (RFC 9700, 4.14.2).
 *
 * @param life how long an unused token stays good
 * @param grace how long the same device may ask again
 */
public record RefreshRule(Duration life, Duration grace) {

    /** The decision for a presented token. */
    public Decision decide(Presented token, byte[] device, Instant now) {
        if (token.familyRevoked() || !now.isBefore(token.issuedAt().plus(life))) {
            return Decision.REFUSE;
        }
        if (token.usedAt() == null) {
            return Decision.ROTATE;
        }
        boolean sameDevice = Arrays.equals(token.device(), device);
        boolean moments = now.isBefore(token.usedAt().plus(grace));
        return sameDevice && moments ? Decision.REPEAT : Decision.REVOKE;
    }

    /** A refresh token as the store knows it. */
    @SuppressWarnings("ArrayRecordComponent")
    public record Presented(Instant issuedAt, @Nullable Instant usedAt, boolean familyRevoked, byte[] device) {}

    /** The four ways it can go. */
    public enum Decision {
        /** Give a successor. */
        ROTATE,
        /** Give the successor that was given before. */
        REPEAT,
        /** End the whole family: the token was stolen, or its successor was. */
        REVOKE,
        /** Unknown, expired or ended before: log in again. */
        REFUSE
    }
}
