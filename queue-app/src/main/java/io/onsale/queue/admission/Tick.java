package io.onsale.queue.admission;

import io.onsale.queue.waiting.LineFacts;
import java.util.List;

/**
 * What one tick of admission told.
 *
 * @param active slots taken
 * @param oldestJoinedMillis when the first in line took its place; 0 when nobody waits
 * @param cap of active shoppers in force
 * @param capacity people in line at most, in force
 * @param admissions since the last tick, by whichever instance
 * @param cutOffMillis when a drain ends; 0 = by itself
 */
public record Tick(
        LineFacts facts,
        long active,
        long leftTotal,
        long expiredTotal,
        long oldestJoinedMillis,
        long cap,
        long capacity,
        String cursor,
        List<Admission> admissions,
        long cutOffMillis) {

    /** For how long the first in line has waited, seconds. */
    public long oldestWaitSeconds() {
        return oldestJoinedMillis == 0 ? 0 : Math.max(0, facts.nowMillis() - oldestJoinedMillis) / 1000;
    }
}
