package io.onsale.gateway.limits;

/**
 * The answer of one allowance to one call.
 *
 * @param granted whether the call may go on
 * @param limit calls per window
 * @param remaining calls left
 * @param waitMillis until the next call is possible, or the window is over
 */
record Verdict(boolean granted, int limit, long remaining, long waitMillis) {

    /** The one a client should heed: a refusal, else the one with the least left. */
    Verdict tighter(Verdict other) {
        if (granted != other.granted) {
            return granted ? other : this;
        }
        if (!granted) {
            return waitMillis >= other.waitMillis ? this : other;
        }
        return remaining <= other.remaining ? this : other;
    }
}
