package io.onsale.ticketing.catalog.model;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that other apps know of an event: this payload on {@code event.events} and the answer of {@code queue-info}. The contract is
 * {@code docs/contracts/event.events/EventChanged.json}.
 */
public record EventChanged(
        String eventId,
        String sellerId,
        String title,
        EventStatus status,
        Instant saleOpensAt,
        Instant saleClosesAt,
        int maxSeatsPerBuyer,
        List<PerformanceDate> performances,
        @Nullable WaitingRoom waitingRoom,
        long version) {

    /** One date. */
    public record PerformanceDate(String id, Instant startsAt) {}

    /** The event as it is at that moment. */
    public static EventChanged of(Event event, Instant now) {
        return new EventChanged(
                event.id().toString(),
                event.sellerId().toString(),
                event.texts().title(),
                event.status(now),
                event.sale().opensAt(),
                event.sale().closesAt(),
                event.maxSeatsPerBuyer(),
                event.performances().stream()
                        .map(performance -> new PerformanceDate(performance.id().toString(), performance.startsAt()))
                        .toList(),
                event.waitingRoom(),
                event.version());
    }
}
