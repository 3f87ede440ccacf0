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
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
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
 * A burst of changes costs one count; which instance counts does not matter. What a crash made an instance forget is counted when it
 * comes back, since it begins with all that is on sale.
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
    private final Set<UUID> noted = ConcurrentHashMap.newKeySet();
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
        counting = Mono.defer(() -> seatCounts.markOnSaleStale(clock.instant()))
                .onErrorResume(this::later)
                .thenMany(Flux.interval(interval).onBackpressureDrop())
                .concatMap(tick -> markNoted().then(countStale()).onErrorResume(this::later), 1)
                .subscribe();
    }

    /** Seats of this event changed: it is counted with the next tick. */
    void note(UUID eventId) {
        noted.add(eventId);
    }

    private Mono<Void> markNoted() {
        Set<UUID> taken = Set.copyOf(noted);
        noted.removeAll(taken);
        return taken.isEmpty() ? Mono.empty() : seatCounts.markStale(taken).doOnError(failure -> noted.addAll(taken));
    }

    private Mono<Void> countStale() {
        return seatCounts
                .stale(EVENTS_PER_TICK)
                .collectList()
                .flatMapIterable(ids -> ids)
                .concatMap(id -> countOne(id).as(transaction::transactional))
                .then();
    }

    /** One event in one transaction, unless another instance was first. */
    private Mono<Void> countOne(UUID id) {
        return events.lock(id)
                .singleOptional()
                .filterWhen(event -> seatCounts.takeStale(id))
                .flatMap(Mono::justOrEmpty)
                .filter(event -> !event.deleted())
                .flatMap(this::count);
    }

    private Mono<Void> count(Event event) {
        return Mono.zip(views.view(event), availability.counts(event), this::total)
                .flatMap(counts -> seatCounts
                        .remember(event.id(), counts)
                        .flatMap(version -> tell(counts, version))
                        .then(turn(event, counts.soldOut())));
    }

    private Mono<Void> later(Throwable failure) {
        log.warn("seats were not counted, next try in {}: {}", interval, failure.toString());
        return Mono.empty();
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
