package io.onsale.ticketing.catalog.events;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.onsale.ticketing.catalog.CatalogProperties;
import io.onsale.ticketing.catalog.model.EventStatus;
import io.onsale.ticketing.catalog.postgres.EventSearch;
import io.onsale.ticketing.catalog.postgres.EventSearch.Criteria;
import io.onsale.ticketing.catalog.postgres.EventSearch.Found;
import io.onsale.ticketing.catalog.redis.SharedAnswers;
import io.onsale.ticketing.catalog.redis.SharedAnswers.Made;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/**
 * Pages of events as JSON. What everybody looks at (no words, no artist, no dates, a first page) is made once for all instances and kept until
 * the catalogue changes, an event opens or closes, or its age is over; what somebody searches for is made once for all who
 * search for it in the same second. Somebody's own drafts are never kept.
 */
@Service
public class EventLists {
    private static final int FIRST_PAGES = 5;
    private static final Set<Integer> USUAL_SIZES = Set.of(10, 20, 50, 100);
    private static final Duration AT_LEAST = Duration.ofSeconds(1);
    /** Who walks from page to page does not pay for a count at each step. */
    private static final long NOT_COUNTED = -1;

    private final EventSearch search;
    private final SharedAnswers shared;
    private final CatalogProperties properties;
    private final Clock clock;
    private final Counter readings;
    private volatile AsyncCache<Request, String> recent;

    EventLists(
            EventSearch search, SharedAnswers shared, CatalogProperties properties, Clock clock, MeterRegistry meters) {
        this.search = search;
        this.shared = shared;
        this.properties = properties;
        this.clock = clock;
        this.readings = Counter.builder("onsale.catalog.list.readings")
                .description("pages of events that were read from the database")
                .register(meters);
        this.recent = nothingYet();
    }

    private AsyncCache<Request, String> nothingYet() {
        return Caffeine.newBuilder()
                .maximumSize(2_000)
                .expireAfterWrite(properties.seatsAge())
                .buildAsync();
    }

    /** A page that somebody asks for. */
    public record Request(Criteria criteria, int page, int size) {

        private boolean isPopular() {
            return criteria.after() == null
                    && criteria.q().isBlank()
                    && criteria.artist().isBlank()
                    && criteria.from() == null
                    && criteria.to() == null
                    && page < FIRST_PAGES
                    && USUAL_SIZES.contains(size);
        }

        private String key(String generation) {
            return String.join(
                    ":",
                    generation,
                    String.valueOf(criteria.status()),
                    String.valueOf(criteria.venueId()),
                    criteria.sort().name(),
                    Integer.toString(page),
                    Integer.toString(size));
        }
    }

    /**
     * What was found.
     *
     * @param total negative where it was not counted
     */
    public record Matches(List<Found> found, long total) {}

    /** The page as JSON; {@code write} makes it from what was found. */
    public Mono<String> page(Request request, Function<Matches, String> write) {
        if (request.criteria().status() == EventStatus.DRAFT) {
            return read(request).map(write);
        }
        return Mono.fromFuture(
                () -> recent.get(request, (key, executor) -> answer(key, write).toFuture()), true);
    }

    /** Something changed: what is asked for next is made anew, here at once and elsewhere within a second. */
    public Mono<Void> forget() {
        return shared.forgetLists().then(Mono.fromRunnable(this::startAnew));
    }

    /** After the others: what was asked for before they had forgotten would stay. To empty a cache is to wait for whoever tidies it up at that moment, which an event loop must not. */
    private void startAnew() {
        recent = nothingYet();
    }

    private Mono<String> answer(Request request, Function<Matches, String> write) {
        return request.isPopular()
                ? shared.generation().flatMap(generation -> shared.get(request.key(generation), make(request, write)))
                : read(request).map(write);
    }

    private Mono<Made> make(Request request, Function<Matches, String> write) {
        return Mono.zip(read(request).map(write), life(), Made::new);
    }

    private Mono<Matches> read(Request request) {
        return Mono.defer(() -> {
            Instant now = clock.instant();
            boolean walked = request.criteria().after() != null;
            readings.increment();
            return Mono.zip(
                    search.page(request.criteria(), now, request.page(), request.size())
                            .collectList(),
                    walked ? Mono.just(NOT_COUNTED) : search.count(request.criteria(), now),
                    Matches::new);
        });
    }

    /** Until an event opens or closes by the clock, at most as long as set. */
    private Mono<Duration> life() {
        Instant now = clock.instant();
        return search.nextTurn(now)
                .map(turn -> Duration.between(now, turn))
                .defaultIfEmpty(properties.listAge())
                .map(life -> life.compareTo(properties.listAge()) < 0 ? life : properties.listAge())
                .map(life -> life.compareTo(AT_LEAST) < 0 ? AT_LEAST : life);
    }
}
