package io.onsale.queue.sales;

/**
 * What an instance of the ticketing app says of its holds since it started: {@code docs/contracts/internal/hold-pace.json}.
 *
 * @param answered holds, however they ended
 * @param totalMillis all of them together took
 */
record HoldPace(long answered, long totalMillis) {

    /** How long a hold took on average since then; 0 when none was answered, or the instance has started anew. */
    long meanMillisSince(HoldPace earlier) {
        long holds = answered - earlier.answered;
        return holds <= 0 ? 0 : Math.max(0, totalMillis - earlier.totalMillis) / holds;
    }
}
