package io.onsale.queue.control;

/**
 * A line in numbers.
 *
 * @param measuredRate admissions per second over the last minute of waiting; 0 while unknown
 * @param state OPEN, PAUSED or DRAINING, as operators set it
 */
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
        String notice) {}
