package io.onsale.ticketing.catalog.model;

import java.time.Instant;

/**
 * Seats of an event over all its performances, for the line and the lists; always {@code total = available + held + sold + blocked}.
 * On {@code event.events} with the key {@code <eventId>:availability}, at most twice a second.
 */
public record AvailabilityChanged(
        String eventId, int total, int available, int held, int sold, int blocked, Instant asOf) {

    /** Counts that come from different moments: what is taken goes before what is blocked. */
    public static AvailabilityChanged of(String eventId, int total, int held, int sold, int blocked, Instant asOf) {
        int free = total - held - sold;
        int stillBlocked = Math.max(0, Math.min(blocked, free));
        return new AvailabilityChanged(
                eventId, total, Math.max(0, free - stillBlocked), held, sold, stillBlocked, asOf);
    }

    /** Whether nothing can come back by itself: every seat is sold or blocked. */
    public boolean soldOut() {
        return available == 0 && held == 0;
    }
}
