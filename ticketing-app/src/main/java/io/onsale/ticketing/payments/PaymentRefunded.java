package io.onsale.ticketing.payments;

/**
 * Published on {@code payment.events}: money went back.
 *
 * @param amount of this refund, whole won
 * @param full whether nothing is left of the payment
 */
public record PaymentRefunded(
        String paymentId, String reservationId, String userId, String refundId, long amount, boolean full) {}
