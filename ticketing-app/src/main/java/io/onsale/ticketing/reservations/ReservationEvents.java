package io.onsale.ticketing.reservations;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Facts on the topic {@value #TOPIC}, keyed by reservation id. Readers declare records of their own. */
public final class ReservationEvents {
    public static final String TOPIC = "reservation.events";

    private ReservationEvents() {}

    /**
     * What every one of them says.
     *
     * @param passId the waiting room's pass behind it
     * @param seatIds the seats it has or, where it ended, had
     * @param amount whole won for these seats
     * @param expiresAt the end of the hold
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Facts(
            String reservationId,
            String eventId,
            String performanceId,
            String userId,
            @Nullable String passId,
            List<String> seatIds,
            long amount,
            Instant expiresAt) {

        public Facts {
            seatIds = List.copyOf(seatIds);
        }
    }

    /** Seats are held until {@code expiresAt}. */
    public record SeatsHeld(@JsonUnwrapped Facts facts) {}

    /** A payment has begun and moved the end. */
    public record HoldExtended(@JsonUnwrapped Facts facts) {}

    /** Other seats, or fewer; {@code seatIds} are those it has now. */
    public record SeatsChanged(@JsonUnwrapped Facts facts) {}

    /** Paid: the seats are sold. */
    public record ReservationConfirmed(@JsonUnwrapped Facts facts) {}

    /** Released by the buyer, or given back for money; the seats are free. */
    public record ReservationCancelled(@JsonUnwrapped Facts facts) {}

    /** Its time ran out; the seats are free. */
    public record ReservationExpired(@JsonUnwrapped Facts facts) {}
}
