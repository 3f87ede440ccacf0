package io.onsale.ticketing.reservations.postgres;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the database said to a wish to claim seats.
 *
 * @param ids the seats or reservations it speaks of
 * @param number a fence, or a limit
 * @param moment the end of the hold, or when the sale opens
 */
public record Decision(
        Outcome outcome,
        List<String> ids,
        long number,
        @Nullable Instant moment) {

    public Decision {
        ids = List.copyOf(ids);
    }

    /** See {@code R__hold.sql}. */
    public enum Outcome {
        OK,
        REPEATED,
        LAPSED,
        FENCE_STALE,
        SEAT_TAKEN,
        PASS_REQUIRED,
        PASS_IN_USE,
        LIMIT_EXCEEDED,
        SALE_CLOSED,
        SALE_NOT_OPEN,
        CONFLICT
    }
}
