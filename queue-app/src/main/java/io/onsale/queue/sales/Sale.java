package io.onsale.queue.sales;

import org.jspecify.annotations.Nullable;

/**
 * One event's sale as the catalogue last told it. Times in epoch milliseconds.
 *
 * @param room the waiting room's settings; null when the event has none
 * @param version of the event in the catalogue; an older one never replaces a newer
 */
public record Sale(
        String eventId,
        String sellerId,
        String status,
        long opensAtMillis,
        long closesAtMillis,
        @Nullable Room room,
        long version) {

    /** How the order of those who came before the opening is found. */
    public enum Mode {
        FIFO,
        DRAW
    }

    /**
     * Settings of a waiting room.
     *
     * @param activeLimit shoppers inside at most; null = rate x pass life, which never throttles the rate by itself
     * @param preQueueOpensAtMillis from when people may come; null = the app's default lead
     */
    public record Room(
            double ratePerSecond,
            int capacity,
            @Nullable Integer activeLimit,
            long passMillis,
            Mode mode,
            @Nullable Long preQueueOpensAtMillis) {

        /** The cap of active shoppers in force. */
        public int cap() {
            return activeLimit != null ? activeLimit : (int) Math.max(1, Math.ceil(ratePerSecond * passMillis / 1000));
        }
    }

    /** Whether the public may know of it. */
    public boolean isPublic() {
        return !status.equals("DRAFT");
    }

    /** Whether the catalogue has ended it, whatever the clock says. */
    public boolean isOver() {
        return status.equals("CANCELLED") || status.equals("ENDED");
    }
}
