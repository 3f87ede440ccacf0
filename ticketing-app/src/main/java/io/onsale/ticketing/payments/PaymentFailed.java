package io.onsale.ticketing.payments;

/** Published on {@code payment.events}: this payment will not pay for the reservation. */
public record PaymentFailed(String paymentId, String reservationId, String userId, String reason) {}
