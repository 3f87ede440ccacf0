package io.onsale.ticketing.payments;

/** Where a payment is in its life. */
public enum PaymentState {
    /** Prepared; the buyer has not said that it is paid. */
    READY,
    /** The provider is being asked. */
    PENDING,
    /** Captured in full. */
    SUCCESS,
    /** Not taken, or taken wrongly and on its way back. */
    FAILED,
    /** The provider's answer is not known yet; it is asked again. */
    UNKNOWN,
    PARTIALLY_REFUNDED,
    REFUNDED;

    /** Money may still come without anybody's further doing. */
    public boolean isOpen() {
        return this == READY || this == PENDING || this == UNKNOWN;
    }
}
