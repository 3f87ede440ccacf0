package io.onsale.ticketing.catalog.events;

import io.onsale.ticketing.catalog.CatalogProperties;
import io.onsale.ticketing.catalog.postgres.Events;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Asks the database twice a second what changed and drops it from memory, so that every instance follows within a second with no
 * other store involved. It looks back further than it must, since transactions do not commit in the order they began.
 */
@Component
class ChangeWatch implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(ChangeWatch.class);
    private static final Duration LOOK_BACK = Duration.ofSeconds(30);

    private final Events events;
    private final EventViews views;
    private final Duration interval;
    private final Clock clock;
    private final EventLists lists;
    /** Touched by one round after another. */
    private volatile Set<Events.Change> seen = Set.of();

    private @Nullable Disposable watching;

    ChangeWatch(Events events, EventViews views, CatalogProperties properties, EventLists lists, Clock clock) {
        this.events = events;
        this.views = views;
        this.interval = properties.changeInterval();
        this.lists = lists;
        this.clock = clock;
    }

    @Override
    public void start() {
        watching = Flux.interval(interval)
                .onBackpressureDrop()
                .concatMap(tick -> look(), 1)
                .subscribe();
    }

    private Mono<Void> look() {
        Instant since = clock.instant().minus(LOOK_BACK);
        return events.changedSince(since)
                .doOnNext(change -> views.evictOlder(change.eventId(), change.version()))
                .collect(Collectors.toSet())
                .flatMap(this::forgetListsIfNew)
                .onErrorResume(e -> {
                    log.warn("cannot see what changed in the catalogue: {}", e.toString());
                    return Mono.empty();
                });
    }

    /** Whoever made the change has forgotten them already, unless it died in between. */
    private Mono<Void> forgetListsIfNew(Set<Events.Change> changes) {
        boolean isNew = !seen.containsAll(changes);
        seen = changes;
        return isNew ? lists.forget() : Mono.empty();
    }

    @Override
    public void stop() {
        if (watching != null) {
            watching.dispose();
            watching = null;
        }
    }

    @Override
    public boolean isRunning() {
        return watching != null;
    }
}
