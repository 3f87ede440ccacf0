package io.onsale.ticketing.payments;

import java.time.Instant;

/** Published on {@code payment.events}: the money is captured in full. */
public record PaymentSuccess(
        String paymentId, String reservationId, String userId, Provider provider, long amount, Instant capturedAt) {}
