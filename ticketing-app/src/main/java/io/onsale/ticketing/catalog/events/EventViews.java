package io.onsale.ticketing.catalog.events;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.onsale.ticketing.catalog.Seating;
import io.onsale.ticketing.catalog.model.Event;
import io.onsale.ticketing.catalog.model.LayoutSeating;
import io.onsale.ticketing.catalog.postgres.BlockedSeats;
import io.onsale.ticketing.catalog.postgres.EventImages;
import io.onsale.ticketing.catalog.postgres.Events;
import io.onsale.ticketing.catalog.postgres.Halls;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Events in memory, loaded once however many ask at the same moment, dropped when somebody changes them ({@link ChangeWatch}).
 */
@Component
public class EventViews {
    private static final Duration LIFE = Duration.ofMinutes(5);

    private final Events events;
    private final Halls halls;
    private final BlockedSeats blockedSeats;
    private final EventImages images;
    private final AsyncCache<UUID, EventView> views =
            Caffeine.newBuilder().maximumSize(5_000).expireAfterWrite(LIFE).buildAsync();
    private final AsyncCache<UUID, UUID> eventsByPerformance =
            Caffeine.newBuilder().maximumSize(50_000).expireAfterWrite(LIFE).buildAsync();
    private final AsyncCache<UUID, Seating> seatings =
            Caffeine.newBuilder().maximumSize(200).buildAsync();

    EventViews(Events events, Halls halls, BlockedSeats blockedSeats, EventImages images) {
        this.events = events;
        this.halls = halls;
        this.blockedSeats = blockedSeats;
        this.images = images;
    }

    /** The event, drafts too; empty when there is none or it was deleted. At most a second behind the database. */
    public Mono<EventView> find(UUID eventId) {
        return cached(views, eventId, events.find(eventId).flatMap(this::view))
                .filter(view -> !view.event().deleted());
    }

    /** The event of a performance. */
    public Mono<EventView> findByPerformance(UUID performanceId) {
        return cached(eventsByPerformance, performanceId, events.eventOf(performanceId))
                .flatMap(this::find)
                .filter(view -> view.performance(performanceId).isPresent());
    }

    /** The view of an event at hand; reads within the caller's transaction. */
    public Mono<EventView> view(Event event) {
        return Mono.zip(
                        halls.place(event.hallId()),
                        seating(event.layoutId()),
                        blockedSeats.of(event.id()),
                        images.of(event.id()))
                .map(parts -> EventView.of(event, parts.getT1(), parts.getT2(), parts.getT3(), parts.getT4()));
    }

    /** The seats of a layout; a layout never changes, so it is never dropped but for space. */
    public Mono<Seating> seating(UUID layoutId) {
        return cached(seatings, layoutId, halls.layout(layoutId).map(LayoutSeating::new));
    }

    /** Forgets an event. */
    public void evict(UUID eventId) {
        views.synchronous().invalidate(eventId);
    }

    /** Forgets an event that is older than this version. */
    void evictOlder(UUID eventId, long version) {
        CompletableFuture<EventView> held = views.getIfPresent(eventId);
        if (held == null) {
            return;
        }
        if (!held.isDone() || held.isCompletedExceptionally() || isOlder(held.getNow(null), version)) {
            evict(eventId);
        }
    }

    private static boolean isOlder(@Nullable EventView view, long version) {
        return view == null || view.event().version() < version;
    }

    /** One load for all who ask at once; one caller's cancellation does not cancel the others' load. Nothing found is not kept. */
    private static <K, V> Mono<V> cached(AsyncCache<K, V> cache, K key, Mono<V> load) {
        return Mono.fromFuture(() -> cache.get(key, (k, executor) -> load.toFuture()), true);
    }
}
