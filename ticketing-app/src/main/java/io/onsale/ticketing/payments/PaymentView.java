package io.onsale.ticketing.payments;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A payment as others see it. Amounts in whole won. */
public record PaymentView(
        String paymentId,
        String reservationId,
        String userId,
        Provider provider,
        PaymentState status,
        @Nullable String reason,
        long amount,
        long captured,
        long refunded,
        @Nullable Instant capturedAt,
        Instant createdAt) {}
