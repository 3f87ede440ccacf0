package io.onsale.ticketing.catalog.events;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.onsale.platform.problem.CommonProblem;
import io.onsale.platform.problem.Problem;
import io.onsale.platform.tokens.Caller;
import io.onsale.ticketing.catalog.CatalogProperties;
import io.onsale.ticketing.catalog.SeatAvailability.Counts;
import io.onsale.ticketing.catalog.model.Event;
import io.onsale.ticketing.catalog.redis.SharedAnswers;
import io.onsale.ticketing.catalog.redis.SharedAnswers.Made;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Shows events. What a crowd reads at once is made once: events from memory, counts and seat maps at most a second old. */
@Service
public class EventReader {
    private static final TypeReference<Map<String, Counts>> COUNTS = new TypeReference<>() {};

    private final EventViews views;
    private final Availability availability;
    private final SharedAnswers shared;
    private final JsonMapper json;
    private final Duration age;
    private final AsyncCache<UUID, Map<String, Counts>> counts;
    private final AsyncCache<UUID, byte[]> seatMaps;

    EventReader(
            EventViews views,
            Availability availability,
            SharedAnswers shared,
            JsonMapper json,
            CatalogProperties properties) {
        this.views = views;
        this.availability = availability;
        this.shared = shared;
        this.json = json;
        // As old among all instances as within one, so that together it is no older than said.
        this.age = properties.seatsAge().dividedBy(2);
        this.counts =
                Caffeine.newBuilder().maximumSize(5_000).expireAfterWrite(age).buildAsync();
        this.seatMaps = Caffeine.newBuilder()
                .maximumWeight(256L << 20)
                .weigher((UUID id, byte[] map) -> map.length)
                .expireAfterWrite(properties.seatsAge())
                .buildAsync();
    }

    /** The event with seats left by performance; {@code NOT_FOUND} for a draft of somebody else. */
    public Mono<Detail> detail(UUID id, @Nullable Caller caller) {
        return visible(id, caller)
                .flatMap(view -> Mono.fromFuture(
                                () -> counts.get(
                                        id,
                                        (key, executor) -> count(view.event()).toFuture()),
                                true)
                        .map(taken -> new Detail(view, taken)));
    }

    /** Counted by one instance for all. */
    private Mono<Map<String, Counts>> count(Event event) {
        Mono<Made> made = availability.counts(event).map(counted -> new Made(json.writeValueAsString(counted), age));
        return shared.get("counts:" + event.id(), made).map(counted -> json.readValue(counted, COUNTS));
    }

    /** The event just written, with nothing cached. */
    public Mono<Detail> detail(EventView view) {
        return availability.counts(view.event()).map(taken -> new Detail(view, taken));
    }

    /** The seat map of a performance as JSON; the first one's when none is named. */
    public Mono<byte[]> seats(UUID eventId, @Nullable UUID performanceId, @Nullable Caller caller) {
        return visible(eventId, caller).flatMap(view -> {
            UUID shown =
                    performanceId == null ? view.event().performances().get(0).id() : performanceId;
            return view.performance(shown).isEmpty()
                    ? Mono.error(notFound())
                    : Mono.fromFuture(
                            () -> seatMaps.get(
                                    shown, (key, executor) -> render(view, key).toFuture()),
                            true);
        });
    }

    /** The event for other apps, whatever its status; empty when there is none. */
    public Mono<Event> event(UUID id) {
        return views.find(id).map(EventView::event);
    }

    /** Sold seats by performance. */
    public Mono<Map<String, Set<String>>> soldSeats(Event event) {
        return Flux.fromIterable(event.performances())
                .map(performance -> performance.id().toString())
                .concatMap(id -> availability.taken(id).map(taken -> Map.entry(id, taken.sold())))
                .collectMap(Map.Entry::getKey, Map.Entry::getValue);
    }

    private Mono<byte[]> render(EventView view, UUID performanceId) {
        return availability
                .taken(performanceId.toString())
                .publishOn(Schedulers.boundedElastic())
                .map(taken -> SeatMap.write(view, performanceId, taken));
    }

    private Mono<EventView> visible(UUID id, @Nullable Caller caller) {
        return views.find(id)
                .filter(view ->
                        !view.event().draft() || (caller != null && EventEditor.mayChange(caller, view.event())))
                .switchIfEmpty(Mono.error(notFound()));
    }

    private static RuntimeException notFound() {
        return Problem.of(CommonProblem.NOT_FOUND).asException();
    }

    /**
     * An event with what is taken.
     *
     * @param taken by performance; a missing entry means none
     */
    public record Detail(EventView view, Map<String, Counts> taken) {

        /** Seats nobody holds, bought or blocked. */
        public int available(UUID performanceId) {
            Counts counts = taken.getOrDefault(performanceId.toString(), Counts.NONE);
            int gone = counts.held()
                    + counts.sold()
                    + view.blockedIn(performanceId).size();
            return Math.max(0, view.seating().total() - gone);
        }
    }
}
