package io.onsale.queue.admission;

import java.time.Duration;

/**
 * Slows admission while the ticketing side is unwell, and lets go by itself. After a few bad answers in a row the share of
 * the rate is halved with each further one, down to a floor; each good answer gives a tenth back. Never above the set rate.
 * For one thread; its readings are volatile.
 */
final class Brake {
    private static final int BAD_IN_A_ROW = 3;
    private static final double FLOOR = 0.1;
    private static final double GIVEN_BACK = 0.1;

    private final Duration unheard;
    private volatile double share = 1;
    private volatile long heardNanos;
    private int bad;

    /**
     * @param unheard after which the ticketing side counts as not heard
     */
    Brake(Duration unheard, long nowNanos) {
        this.unheard = unheard;
        this.heardNanos = nowNanos;
    }

    void good(long nowNanos) {
        heardNanos = nowNanos;
        bad = 0;
        share = Math.min(1, share + GIVEN_BACK);
    }

    void bad() {
        bad++;
        if (bad >= BAD_IN_A_ROW) {
            share = Math.max(FLOOR, share / 2);
        }
    }

    /** Of the set rate, 0..1. */
    double share() {
        return share;
    }

    /** Whether the ticketing side has been silent: then its holds may have moved without our knowing. */
    boolean isUnheard(long nowNanos) {
        return nowNanos - heardNanos > unheard.toNanos();
    }
}
