package io.onsale.queue.waiting;

import java.util.Arrays;

/**
 * How fast a line moves: admissions per second over the last minute, from the running total that each tick brings.
 * Only time in which people waited counts; an idle line says nothing about its pace. Thread-safe.
 */
public final class Pace {
    private static final int SECONDS = 60;

    private final long[] admitted = new long[SECONDS];
    private final boolean[] busy = new boolean[SECONDS];
    private double noShowShare;
    private long newestSecond = -1;
    private long lastTotal = -1;

    /** Notes the running total of admissions at a moment of the store's clock. */
    public synchronized void note(long nowMillis, long admittedTotal, boolean peopleWait) {
        long second = nowMillis / 1000;
        if (lastTotal < 0 || admittedTotal < lastTotal || second < newestSecond) {
            clear();
            lastTotal = admittedTotal;
            newestSecond = second;
            return;
        }
        for (long s = Math.max(newestSecond + 1, second - SECONDS + 1); s <= second; s++) {
            admitted[(int) (s % SECONDS)] = 0;
            busy[(int) (s % SECONDS)] = false;
        }
        newestSecond = second;
        int slot = (int) (second % SECONDS);
        admitted[slot] += admittedTotal - lastTotal;
        busy[slot] |= peopleWait || admittedTotal > lastTotal;
        lastTotal = admittedTotal;
    }

    /** Admissions per second while people waited; NaN before three full seconds of it were seen. */
    public synchronized double measuredPerSecond() {
        long sum = 0;
        int seconds = 0;
        for (int i = 0; i < SECONDS; i++) {
            if (busy[i] && i != newestSecond % SECONDS) {
                sum += admitted[i];
                seconds++;
            }
        }
        return seconds < 3 ? Double.NaN : (double) sum / seconds;
    }

    /** Notes how many of those who left the line so far left it without being admitted. */
    public synchronized void noteNoShows(long admittedTotal, long leftOrExpiredTotal) {
        long all = admittedTotal + leftOrExpiredTotal;
        noShowShare = all < 20 ? 0 : (double) leftOrExpiredTotal / all;
    }

    /** Share of people who go before their turn, 0..1; 0 while too few are known. */
    public synchronized double noShowShare() {
        return noShowShare;
    }

    private void clear() {
        Arrays.fill(admitted, 0);
        Arrays.fill(busy, false);
    }
}
