package io.onsale.ticketing.catalog.events;

import io.onsale.platform.outbox.DomainEvent;
import io.onsale.platform.outbox.Outbox;
import io.onsale.ticketing.catalog.OfferListener;
import io.onsale.ticketing.catalog.model.Event;
import io.onsale.ticketing.catalog.model.EventChanged;
import java.time.Clock;
import java.util.List;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Tells other modules and other apps of a changed event, inside the transaction that changes it. */
@Component
class Announcer {
    static final String TOPIC = "event.events";

    private final EventViews views;
    private final Outbox outbox;
    private final List<OfferListener> listeners;
    private final Clock clock;

    Announcer(EventViews views, Outbox outbox, List<OfferListener> listeners, Clock clock) {
        this.views = views;
        this.outbox = outbox;
        this.listeners = listeners;
        this.clock = clock;
    }

    /** Answers the view of the event once everybody was told. */
    Mono<EventView> announce(Event event) {
        return outbox.append(DomainEvent.of(
                        TOPIC, event.id().toString(), event.version(), EventChanged.of(event, clock.instant())))
                .then(Mono.defer(() -> views.view(event)))
                .flatMap(view -> Flux.fromIterable(listeners)
                        .concatMap(listener -> listener.offersChanged(view.offers()))
                        .then(Mono.just(view)));
    }
}
