package io.onsale.gateway.resilience;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How many calls of a route may be under way, found out from the time that their answers take: a fifth less after each quarter of a second
 * in which one call of ten was late, if that was so in the one before as well (a collector's pause is no crowd); a quarter more after each in
 * which fewer were and at least half of the limit was used (additive rules take a minute to find their way back after an outage). So
 * a crowd that is too large is told at once instead of waiting, all of it, until nobody is served in time.
 */
final class ConcurrencyLimit {
    private static final long WINDOW_NANOS = Duration.ofMillis(250).toNanos();
    /** A few slow calls say nothing about a crowd. */
    private static final int ENOUGH = 20;

    private static final double LATE_SHARE = 0.1;
    private static final double SHRINK = 0.8;
    private static final double GROW = 1.25;

    private final int least;
    private final int most;
    private final long lateNanos;

    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicInteger peak = new AtomicInteger();
    private final AtomicInteger answered = new AtomicInteger();
    private final AtomicInteger late = new AtomicInteger();
    private final AtomicLong windowBegan;
    private volatile boolean wasLate;
    private volatile int limit;

    /**
     * Begins at twice the least, and is at the most within seconds if nothing is late: to begin at the most would let a crowd in that
     * nobody could get rid of for as long as it takes to serve it.
     *
     * @param late the time from which on an answer is late
     * @param nowNanos of {@link System#nanoTime}, like all times here
     */
    ConcurrencyLimit(int least, int most, Duration late, long nowNanos) {
        this.least = Math.min(least, most);
        this.most = most;
        this.lateNanos = late.toNanos();
        this.limit = Math.min(most, 2 * this.least);
        this.windowBegan = new AtomicLong(nowNanos);
    }

    /** Takes a place, which {@link #end()} gives back; false when there is none. */
    boolean begin() {
        int now = underWay.incrementAndGet();
        if (now > limit) {
            underWay.decrementAndGet();
            return false;
        }
        if (now > peak.get()) {
            peak.accumulateAndGet(now, Math::max);
        }
        return true;
    }

    /** Whether a call that began now would get no place. */
    boolean isFull() {
        return underWay.get() >= limit;
    }

    /** Gives the place of a call back, however it ended. */
    void end() {
        underWay.decrementAndGet();
    }

    /** An answer of the service began, {@code tookNanos} after its call was here: what the gateway refuses says nothing about the service. */
    void answered(long tookNanos, long nowNanos) {
        if (tookNanos > lateNanos) {
            late.incrementAndGet();
        }
        long began = windowBegan.get();
        if (answered.incrementAndGet() >= ENOUGH
                && nowNanos - began >= WINDOW_NANOS
                && windowBegan.compareAndSet(began, nowNanos)) {
            adjust(answered.getAndSet(0), late.getAndSet(0), peak.getAndSet(underWay.get()));
        }
    }

    int limit() {
        return limit;
    }

    /** Only one thread gets here in any window; what others count meanwhile goes to the next. */
    private void adjust(int calls, int lateCalls, int mostUnderWay) {
        boolean isLate = lateCalls > calls * LATE_SHARE;
        if (isLate && wasLate) {
            limit = Math.max(least, (int) (limit * SHRINK));
        } else if (!isLate && mostUnderWay >= limit / 2) {
            limit = Math.min(most, (int) Math.ceil(limit * GROW));
        }
        wasLate = isLate;
    }
}
