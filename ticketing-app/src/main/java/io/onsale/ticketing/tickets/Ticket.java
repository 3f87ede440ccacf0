package io.onsale.ticketing.tickets;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One person's way through the gate. */
public record Ticket(
        String id,
        String number,
        String reservationId,
        String eventId,
        String userId,
        Performance performance,
        Seat seat,
        Status status,
        Instant issuedAt,
        @Nullable Instant usedAt) {

    /** Where it is in its life. */
    public enum Status {
        VALID,
        USED,
        TRANSFERRED,
        REFUNDED
    }

    /** As printed. */
    public record Performance(String id, String title, String venue, String hall, Instant startsAt) {}

    /** As printed; row is empty for a standing place. */
    public record Seat(String id, String section, String row, String number, String grade) {}
}
