package io.onsale.queue.waiting;

/**
 * How long a wait may still be, as a band. The low end believes in the better of set and measured rate and that the
 * usual share of people ahead will not be there; the high end believes in the worse rate and that all of them will.
 * The fewer people are ahead, the wider the band is in proportion.
 *
 * @param low seconds
 * @param high seconds
 */
public record WaitEstimate(long low, long high) {
    private static final double NEVER_SLOWER_THAN_SHARE = 0.2;

    /**
     * @param ahead people in front
     * @param setRate admissions per second as set
     * @param measuredRate as measured; NaN when unknown
     * @param noShowShare share of people who leave or fall silent before their turn, 0..1
     * @param untilOpenSeconds until admission starts
     */
    static WaitEstimate of(
            long ahead, double setRate, double measuredRate, double noShowShare, double untilOpenSeconds) {
        boolean measured = !Double.isNaN(measuredRate);
        double worse =
                measured ? Math.max(Math.min(setRate, measuredRate), setRate * NEVER_SLOWER_THAN_SHARE) : setRate;
        double staying = ahead * (1 - Math.min(Math.max(noShowShare, 0), 0.9));
        double unsure = Math.sqrt(ahead) / setRate + (measured ? 1 : 2);
        double low = Math.max(0, staying / setRate - unsure);
        double high = (ahead + 1) / worse + unsure;
        return new WaitEstimate((long) Math.floor(untilOpenSeconds + low), (long) Math.ceil(untilOpenSeconds + high));
    }
}
