package io.onsale.ticketing.catalog.events;

import io.onsale.ticketing.catalog.Offers;
import io.onsale.ticketing.catalog.PerformanceOffer;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** {@link Offers} from events in memory. */
@Component
class CachedOffers implements Offers {
    private final EventViews views;

    CachedOffers(EventViews views) {
        this.views = views;
    }

    @Override
    public Mono<PerformanceOffer> offer(String performanceId) {
        return Mono.fromCallable(() -> UUID.fromString(performanceId))
                .onErrorComplete(IllegalArgumentException.class)
                .flatMap(views::findByPerformance)
                .flatMapIterable(EventView::offers)
                .filter(offer -> offer.performanceId().equals(performanceId))
                .next();
    }

    @Override
    public Mono<List<PerformanceOffer>> offersOf(String eventId) {
        return Mono.fromCallable(() -> UUID.fromString(eventId))
                .onErrorComplete(IllegalArgumentException.class)
                .flatMap(views::find)
                .map(EventView::offers)
                .defaultIfEmpty(List.of());
    }
}
