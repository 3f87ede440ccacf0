package io.onsale.ticketing.catalog.events;

import io.onsale.ticketing.catalog.PerformanceOffer;
import io.onsale.ticketing.catalog.Seating;
import io.onsale.ticketing.catalog.model.Event;
import io.onsale.ticketing.catalog.model.Event.Performance;
import io.onsale.ticketing.catalog.model.Event.Price;
import io.onsale.ticketing.catalog.model.EventImage;
import io.onsale.ticketing.catalog.postgres.Halls;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * An event with everything that belongs to it but what is taken.
 *
 * @param blocked by performance
 * @param offers what sellers of seats need to know, one for each performance
 */
public record EventView(
        Event event,
        Halls.Place place,
        Seating seating,
        Map<UUID, Set<String>> blocked,
        List<EventImage> images,
        List<PerformanceOffer> offers) {

    static EventView of(
            Event event, Halls.Place place, Seating seating, Map<UUID, Set<String>> blocked, List<EventImage> images) {
        return new EventView(event, place, seating, blocked, images, offers(event, place, seating, blocked));
    }

    /** The performance with this id, if it is one of the event's. */
    public Optional<Performance> performance(UUID id) {
        return event.performances().stream()
                .filter(performance -> performance.id().equals(id))
                .findFirst();
    }

    /** Blocked seats of a performance. */
    public Set<String> blockedIn(UUID performanceId) {
        return blocked.getOrDefault(performanceId, Set.of());
    }

    private static List<PerformanceOffer> offers(
            Event event, Halls.Place place, Seating seating, Map<UUID, Set<String>> blocked) {
        Map<String, Long> amounts = event.prices().stream().collect(Collectors.toMap(Price::grade, Price::amount));
        return event.performances().stream()
                .map(performance -> new PerformanceOffer(
                        performance.id().toString(),
                        event.id().toString(),
                        event.sellerId().toString(),
                        event.version(),
                        event.texts().title(),
                        event.texts().artist(),
                        place.venue(),
                        place.hall(),
                        performance.startsAt(),
                        event.sale().opensAt(),
                        event.sale().closesAt(),
                        event.maxSeatsPerBuyer(),
                        event.waitingRoom() != null,
                        event.draft() || event.cancelled() || event.deleted(),
                        amounts,
                        blocked.getOrDefault(performance.id(), Set.of()),
                        seating))
                .toList();
    }
}
