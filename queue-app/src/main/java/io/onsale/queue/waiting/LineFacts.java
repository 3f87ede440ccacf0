package io.onsale.queue.waiting;

import java.util.List;

/**
 * What every script tells about its line. Times in the store's epoch milliseconds.
 *
 * @param recoverUntilMillis admission pauses until then, because places were lost; 0 = no loss
 * @param state what operators set: OPEN, PAUSED, DRAINING, or CLOSED after the cut-off of a drain
 * @param rateSet rate per second set by operators; 0 = the catalogue's
 * @param controlVersion of the operators' settings; 0 = none
 */
public record LineFacts(
        long nowMillis,
        long epoch,
        long beganMillis,
        long recoverUntilMillis,
        long admittedTotal,
        String state,
        boolean drawn,
        String notice,
        double rateSet,
        long waiting,
        long entrants,
        long controlVersion) {

    /** Reads twelve values of a script's answer, from {@code at} on. */
    public static LineFacts parse(List<?> answer, int at) {
        String rate = (String) answer.get(at + 8);
        return new LineFacts(
                longAt(answer, at),
                longAt(answer, at + 1),
                longAt(answer, at + 2),
                longAt(answer, at + 3),
                longAt(answer, at + 4),
                (String) answer.get(at + 5),
                "1".equals(answer.get(at + 6)),
                (String) answer.get(at + 7),
                rate.isEmpty() ? 0 : Double.parseDouble(rate),
                (Long) answer.get(at + 9),
                (Long) answer.get(at + 10),
                longAt(answer, at + 11));
    }

    private static long longAt(List<?> answer, int at) {
        return Long.parseLong((String) answer.get(at));
    }
}
