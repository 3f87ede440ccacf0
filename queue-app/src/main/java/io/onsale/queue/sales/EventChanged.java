package io.onsale.queue.sales;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The catalogue's snapshot of an event, as it stands on the topic {@code event.events} and on the internal HTTP read. */
record EventChanged(
        String eventId,
        String sellerId,
        String status,
        Instant saleOpensAt,
        Instant saleClosesAt,
        @Nullable WaitingRoom waitingRoom,
        long version) {

    record WaitingRoom(
            double ratePerSecond,
            int capacity,
            @Nullable Integer activeLimit,
            int passSeconds,
            Sale.Mode mode,
            @Nullable Instant preQueueOpensAt) {

        Sale.Room toRoom() {
            return new Sale.Room(
                    ratePerSecond,
                    capacity,
                    activeLimit,
                    Duration.ofSeconds(passSeconds).toMillis(),
                    mode,
                    preQueueOpensAt == null ? null : preQueueOpensAt.toEpochMilli());
        }
    }

    Sale toSale() {
        return new Sale(
                eventId,
                sellerId,
                status,
                saleOpensAt.toEpochMilli(),
                saleClosesAt.toEpochMilli(),
                waitingRoom == null ? null : waitingRoom.toRoom(),
                version);
    }
}
