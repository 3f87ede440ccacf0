package io.onsale.ticketing.catalog.events;

import io.onsale.ticketing.catalog.SeatAvailability;
import io.onsale.ticketing.catalog.SeatAvailability.Counts;
import io.onsale.ticketing.catalog.SeatAvailability.Taken;
import io.onsale.ticketing.catalog.model.Event;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Asks the module that sells seats what is taken; where none is installed, nothing is. */
@Component
class Availability {
    private static final Taken NOTHING = new Taken(0, Set.of(), Set.of());

    private final ObjectProvider<SeatAvailability> seller;

    Availability(ObjectProvider<SeatAvailability> seller) {
        this.seller = seller;
    }

    Mono<Taken> taken(String performanceId) {
        SeatAvailability availability = seller.getIfAvailable();
        return availability == null
                ? Mono.just(NOTHING)
                : availability.taken(performanceId).defaultIfEmpty(NOTHING);
    }

    /** By performance id; a missing entry means none. */
    Mono<Map<String, Counts>> counts(Event event) {
        SeatAvailability availability = seller.getIfAvailable();
        List<String> ids = event.performances().stream()
                .map(performance -> performance.id().toString())
                .toList();
        return availability == null
                ? Mono.just(Map.of())
                : availability.counts(ids).defaultIfEmpty(Map.of());
    }

    /** Whether any seat of the event is held or sold. */
    Mono<Boolean> hasBookings(Event event) {
        return counts(event).map(counts -> counts.values().stream().anyMatch(count -> count.held() + count.sold() > 0));
    }
}
