package io.onsale.ticketing.catalog.events;

import io.onsale.platform.kafka.EventSubscription;
import io.onsale.platform.kafka.EventTopic;
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

    /** Whatever happens to a reservation, the seats of its event are counted anew. A count looks at the present: it needs no inbox. */
    @Bean
    EventSubscription catalogSeatCounts(SeatCounter counter) {
        return EventSubscription.shared(
                "catalog.seat-counts",
                "reservation.events",
                envelope -> Mono.fromRunnable(() -> counter.note(UUID.fromString(
                        envelope.payloadAs(ReservationChanged.class).eventId()))));
    }

    /** What this reader needs of the reservation's news. */
    record ReservationChanged(String eventId) {}
}
