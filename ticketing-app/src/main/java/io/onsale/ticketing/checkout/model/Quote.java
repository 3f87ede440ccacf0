package io.onsale.ticketing.checkout.model;

import java.util.List;

/**
 * What giving up some tickets brings, whole won.
 *
 * @param price what was paid for them
 * @param fee what of it is kept
 */
public record Quote(List<String> seatIds, long price, long fee) {

    public Quote {
        seatIds = List.copyOf(seatIds);
        if (fee < 0 || fee > price) {
            throw new IllegalArgumentException("a fee of " + fee + " for a price of " + price);
        }
    }

    /** The same where only so much is left of the payment: what is missing counts as kept, since the buyer has had it before. */
    public Quote atMost(long left) {
        return refundAmount() <= left ? this : new Quote(seatIds, price, price - left);
    }

    public long refundAmount() {
        return price - fee;
    }
}
