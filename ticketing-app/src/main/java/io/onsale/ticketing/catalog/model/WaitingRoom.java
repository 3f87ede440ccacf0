package io.onsale.ticketing.catalog.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Settings of an event's line; the queue app applies them.
 *
 * @param ratePerSecond people admitted per second
 * @param capacity people who may wait
 * @param activeLimit people inside at once; null = the queue app's default, rate x pass life
 * @param passSeconds how long a pass is good for
 * @param preQueueOpensAt when early birds may come; null = no pre-queue
 */
public record WaitingRoom(
        int ratePerSecond,
        int capacity,
        @Nullable Integer activeLimit,
        int passSeconds,
        Mode mode,
        @Nullable Instant preQueueOpensAt) {

    /** How the order is made. */
    public enum Mode {
        /** First come, first served. */
        FIFO,
        /** Everybody who came before the opening is drawn. */
        DRAW
    }
}
