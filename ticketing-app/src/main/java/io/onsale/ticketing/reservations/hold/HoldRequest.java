package io.onsale.ticketing.reservations.hold;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A wish to hold seats.
 *
 * @param requestId the same for every repetition of the request
 * @param pass the waiting room's pass, where the buyer sent one
 */
public record HoldRequest(
        String requestId,
        String userId,
        String performanceId,
        @Nullable String pass,
        Choice choice) {

    /** Which seats. */
    public sealed interface Choice {

        /** These seats and no others. */
        record Seats(List<String> seatIds) implements Choice {
            public Seats {
                seatIds = List.copyOf(seatIds);
            }
        }

        /** The best of a grade, side by side; with a wheelchair place and its companions where asked. */
        record BestAvailable(String grade, int quantity, boolean accessible) implements Choice {}

        /** Places in a standing area, by id or name. */
        record Standing(String area, int quantity) implements Choice {}
    }
}
