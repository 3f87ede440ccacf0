package io.onsale.ticketing.payments;

/** Who takes the money. */
public enum Provider {
    PORTONE,
    KAKAOPAY,
    /** Nobody: the amount is 0. */
    FREE
}
