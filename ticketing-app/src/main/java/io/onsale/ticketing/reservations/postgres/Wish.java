package io.onsale.ticketing.reservations.postgres;

import io.onsale.ticketing.catalog.PerformanceOffer.SeatOffer;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Seats somebody wants, under a fence.
 *
 * @param reservationId of the reservation that will have them
 * @param opensForBuyer from when on this buyer may buy; the sale's own window counts as well
 * @param fence newer than any these seats have seen; null lets the database make one
 */
public record Wish(
        String reservationId,
        String eventId,
        String performanceId,
        String userId,
        @Nullable String passId,
        Instant opensForBuyer,
        @Nullable Long fence,
        List<SeatOffer> seats) {

    public Wish {
        seats = List.copyOf(seats);
    }

    public List<String> seatIds() {
        return seats.stream().map(SeatOffer::id).toList();
    }
}
