package io.onsale.ticketing.catalog.events;

import io.onsale.platform.outbox.DomainEvent;
import io.onsale.platform.outbox.Outbox;
import io.onsale.ticketing.catalog.CatalogProperties;
import io.onsale.ticketing.catalog.SeatAvailability.Counts;
import io.onsale.ticketing.catalog.model.AvailabilityChanged;
import io.onsale.ticketing.catalog.model.Event;
import io.onsale.ticketing.catalog.postgres.Events;
import io.onsale.ticketing.catalog.postgres.SeatCounts;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Counts the seats of events in which some were held, sold or given back, tells the counts, and turns an event to SOLD_OUT and back.
 * A burst of changes costs one count; which instance counts does not matter.
 */
@Component
class SeatCounter implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(SeatCounter.class);
    private static final int EVENTS_PER_TICK = 50;

    private final SeatCounts seatCounts;
    private final Events events;
    private final EventViews views;
    private final Availability availability;
    private final Announcer announcer;
    private final Outbox outbox;
    private final TransactionalOperator transaction;
    private final Duration interval;
    private final Clock clock;
    private @Nullable Disposable counting;

    SeatCounter(
            SeatCounts seatCounts,
            Events events,
            EventViews views,
            Availability availability,
            Announcer announcer,
            Outbox outbox,
            TransactionalOperator transaction,
            CatalogProperties properties,
            Clock clock) {
        this.seatCounts = seatCounts;
        this.events = events;
        this.views = views;
        this.availability = availability;
        this.announcer = announcer;
        this.outbox = outbox;
        this.transaction = transaction;
        this.interval = properties.changeInterval();
        this.clock = clock;
    }

    @Override
    public void start() {
        counting = Flux.interval(interval)
                .onBackpressureDrop()
                .concatMap(tick -> countStale(), 1)
                .subscribe();
    }

    private Mono<Void> countStale() {
        return countOne()
                .repeat(EVENTS_PER_TICK)
                .takeWhile(Boolean::booleanValue)
                .then()
                .onErrorResume(e -> {
                    log.warn("seats were not counted, next try in {}: {}", interval, e.toString());
                    return Mono.empty();
                });
    }

    /** One event in one transaction; false when none was waiting. */
    private Mono<Boolean> countOne() {
        return seatCounts
                .takeStale()
                .flatMap(id -> count(id).thenReturn(true))
                .as(transaction::transactional)
                .defaultIfEmpty(false);
    }

    private Mono<Void> count(UUID id) {
        return events.lock(id)
                .filter(event -> !event.deleted())
                .flatMap(event -> Mono.zip(views.view(event), availability.counts(event), this::total)
                        .flatMap(counts -> seatCounts
                                .remember(id, counts)
                                .flatMap(version -> tell(counts, version))
                                .then(turn(event, counts.soldOut()))));
    }

    private AvailabilityChanged total(EventView view, Map<String, Counts> taken) {
        Event event = view.event();
        int held = taken.values().stream().mapToInt(Counts::held).sum();
        int sold = taken.values().stream().mapToInt(Counts::sold).sum();
        int blocked = event.performances().stream()
                .mapToInt(performance -> view.blockedIn(performance.id()).size())
                .sum();
        int seats = view.seating().total() * event.performances().size();
        return AvailabilityChanged.of(event.id().toString(), seats, held, sold, blocked, clock.instant());
    }

    private Mono<Void> tell(AvailabilityChanged counts, long version) {
        return outbox.append(DomainEvent.of(Announcer.TOPIC, counts.eventId(), version, counts)
                .keyed(counts.eventId() + ":availability"));
    }

    private Mono<Void> turn(Event event, boolean soldOut) {
        return event.soldOut() == soldOut
                ? Mono.empty()
                : events.update(event.soldOut(soldOut), clock.instant())
                        .flatMap(announcer::announce)
                        .doOnNext(view -> views.evict(event.id()))
                        .then();
    }

    @Override
    public void stop() {
        if (counting != null) {
            counting.dispose();
            counting = null;
        }
    }

    @Override
    public boolean isRunning() {
        return counting != null;
    }
}
