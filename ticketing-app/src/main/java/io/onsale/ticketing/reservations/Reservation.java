package io.onsale.ticketing.reservations;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A reservation as others see it.
 *
 * @param seats those it still has; a seat given back by a partial refund is gone from here
 * @param amount whole won, the sum of its seats
 * @param expiresAt the end of the hold; without meaning once confirmed
 * @param paymentId the payment that confirmed it
 */
public record Reservation(
        String id,
        String eventId,
        String performanceId,
        String userId,
        Status status,
        List<HeldSeat> seats,
        long amount,
        Instant createdAt,
        Instant expiresAt,
        @Nullable Instant confirmedAt,
        @Nullable String paymentId,
        long version) {

    public Reservation {
        seats = List.copyOf(seats);
    }

    public Set<String> seatIds() {
        return seats.stream().map(HeldSeat::seatId).collect(Collectors.toUnmodifiableSet());
    }

    /** Where it is in its life. */
    public enum Status {
        PENDING,
        PAYING,
        CONFIRMED,
        CANCELLING,
        CANCELLED,
        EXPIRED
    }

    /** A seat and what it costs in whole won. */
    public record HeldSeat(String seatId, String grade, long amount) {}
}
