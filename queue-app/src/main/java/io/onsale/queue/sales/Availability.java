package io.onsale.queue.sales;

import java.time.Instant;

/** Seats of an event as the ticketing side last counted them. */
public record Availability(
        String eventId, long total, long available, long held, long sold, long blocked, Instant asOf) {

    /** Every seat is sold or blocked: nothing can come back by itself soon, so the line closes. */
    public boolean isSoldOut() {
        return total > 0 && available == 0 && held == 0;
    }

    /** Nothing to pick just now, but holds may lapse: admission pauses. */
    public boolean isAllHeld() {
        return total > 0 && available == 0 && held > 0;
    }
}
