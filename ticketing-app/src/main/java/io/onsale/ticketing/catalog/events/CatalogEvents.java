package io.onsale.ticketing.catalog.events;

import io.onsale.platform.kafka.EventTopic;
import io.onsale.platform.outbox.EventConsumer;
import io.onsale.ticketing.catalog.postgres.SeatCounts;
import java.util.UUID;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Mono;

/** What the catalogue says to others, and what it hears. */
@Configuration(proxyBeanMethods = false)
class CatalogEvents {

    @Bean
    EventTopic catalogTopic() {
        return EventTopic.compacted(Announcer.TOPIC);
    }

    /** Whatever happens to a reservation, the seats of its event are counted anew. */
    @Bean
    EventConsumer catalogSeatCounts(SeatCounts counts) {
        return EventConsumer.named("catalog.seat-counts")
                .from("reservation.events")
                .on(SeatsHeld.class, event -> stale(counts, event.eventId()))
                .on(SeatsChanged.class, event -> stale(counts, event.eventId()))
                .on(ReservationConfirmed.class, event -> stale(counts, event.eventId()))
                .on(ReservationCancelled.class, event -> stale(counts, event.eventId()))
                .on(ReservationExpired.class, event -> stale(counts, event.eventId()));
    }

    private static Mono<Void> stale(SeatCounts counts, String eventId) {
        return counts.markStale(UUID.fromString(eventId));
    }

    record SeatsHeld(String eventId) {}

    record SeatsChanged(String eventId) {}

    record ReservationConfirmed(String eventId) {}

    record ReservationCancelled(String eventId) {}

    record ReservationExpired(String eventId) {}
}
