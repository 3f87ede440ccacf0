package io.onsale.loadtest.measure;

import java.util.Arrays;

/**
 * The rate of instants that were taken from one clock: over windows of a length, and the gaps between neighbours.
 *
 * @param millis sorted
 */
public record RateMeter(long[] millis) {

    public static RateMeter of(long[] instants) {
        long[] sorted = instants.clone();
        Arrays.sort(sorted);
        return new RateMeter(sorted);
    }

    /** Least and greatest number of instants in any window of this length that begins at one of them and ends before the last. */
    public record Windows(double leastPerSecond, double mostPerSecond, int windows) {}

    /** Sliding windows; when all happened in less than one window, the one from first to last. */
    public Windows perSecond(long windowMillis) {
        if (millis.length < 2) {
            return new Windows(0, 0, 0);
        }
        long span = millis[millis.length - 1] - millis[0];
        if (span < windowMillis) {
            double rate = (millis.length - 1) * 1_000.0 / Math.max(1, span);
            return new Windows(rate, rate, 1);
        }
        double least = Double.MAX_VALUE;
        double most = 0;
        int windows = 0;
        for (int from = 0, to = 0;
                from < millis.length && millis[from] + windowMillis <= millis[millis.length - 1];
                from++) {
            while (to < millis.length && millis[to] < millis[from] + windowMillis) {
                to++;
            }
            double rate = (to - from) * 1_000.0 / windowMillis;
            least = Math.min(least, rate);
            most = Math.max(most, rate);
            windows++;
        }
        return new Windows(least, most, windows);
    }

    /** The greatest number of instants in any closed window of this length. */
    public int mostIn(long windowMillis) {
        int most = 0;
        for (int from = 0, to = 0; from < millis.length; from++) {
            while (to < millis.length && millis[to] < millis[from] + windowMillis) {
                to++;
            }
            most = Math.max(most, to - from);
        }
        return most;
    }

    /** The longest stretch without a gap of at least this length: what came before a pause, or after it. */
    public RateMeter longestRun(long gapMillis) {
        int bestFrom = 0;
        int bestTo = 0;
        for (int from = 0, at = 1; at <= millis.length; at++) {
            if (at == millis.length || millis[at] - millis[at - 1] >= gapMillis) {
                if (at - from > bestTo - bestFrom) {
                    bestFrom = from;
                    bestTo = at;
                }
                from = at;
            }
        }
        return new RateMeter(Arrays.copyOfRange(millis, bestFrom, bestTo));
    }

    /** A percentile of the gaps between neighbours. */
    public long gap(double percentile) {
        if (millis.length < 2) {
            return 0;
        }
        long[] gaps = new long[millis.length - 1];
        for (int i = 1; i < millis.length; i++) {
            gaps[i - 1] = millis[i] - millis[i - 1];
        }
        Arrays.sort(gaps);
        int index = (int) Math.ceil(percentile / 100 * gaps.length) - 1;
        return gaps[Math.max(0, index)];
    }
}
