package io.onsale.ticketing.payments;

/**
 * Published on {@code payment.events}: money went back at the provider without our asking, by hand at its console.
 *
 * @param refundId names it in our books
 * @param amount that went back, whole won
 * @param full whether nothing is left of the payment
 */
public record PaymentReturned(
        String paymentId, String reservationId, String userId, String refundId, long amount, boolean full) {}
