package io.onsale.queue.control;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A line in numbers.
 *
 * @param measuredRate admissions per second over the last minute of waiting; 0 while unknown
 * @param state OPEN, PAUSED or DRAINING, as operators set it, or CLOSED after the cut-off of a drain
 * @param cutOffAt when a drain ends, where that was set
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record LineStats(
        String eventId,
        long waiting,
        long active,
        long admittedTotal,
        long leftTotal,
        long expiredTotal,
        double ratePerSecond,
        double measuredRate,
        long capacity,
        long activeLimit,
        long oldestWaitSeconds,
        String state,
        @Nullable Instant cutOffAt,
        String notice) {}
