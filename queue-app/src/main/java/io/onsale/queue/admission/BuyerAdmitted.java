package io.onsale.queue.admission;

import java.time.Instant;

/** Told on {@code queue.events}, key eventId: somebody was let in. */
record BuyerAdmitted(
        String eventId, String userId, String passId, long number, Instant admittedAt, Instant passExpiresAt) {

    static BuyerAdmitted of(String eventId, Admission admission) {
        return new BuyerAdmitted(
                eventId,
                admission.userId(),
                admission.passId(eventId),
                admission.number(),
                Instant.ofEpochMilli(admission.admittedMillis()),
                Instant.ofEpochMilli(admission.endMillis()));
    }
}
