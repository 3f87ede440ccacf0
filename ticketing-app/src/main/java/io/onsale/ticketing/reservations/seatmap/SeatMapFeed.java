package io.onsale.ticketing.reservations.seatmap;

import io.onsale.ticketing.catalog.Offers;
import io.onsale.ticketing.catalog.PerformanceOffer;
import io.onsale.ticketing.catalog.SeatAvailability.Taken;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import tools.jackson.databind.json.JsonMapper;

/**
 * Changes of a seat map as they happen. However many pages watch a performance, an instance reads it once per tick and encodes each
 * change once. A page that reads slowly skips to the latest state instead of getting a backlog.
 */
@Component
public class SeatMapFeed {
    private static final Logger log = LoggerFactory.getLogger(SeatMapFeed.class);
    private static final Duration TICK = Duration.ofMillis(500);

    private final Offers offers;
    private final SeatMaps maps;
    private final JsonMapper json;
    private final Map<String, Flux<Frame>> feeds = new ConcurrentHashMap<>();
    private final Sinks.Empty<Void> closing = Sinks.empty();

    SeatMapFeed(Offers offers, SeatMaps maps, JsonMapper json) {
        this.offers = offers;
        this.maps = maps;
        this.json = json;
    }

    /**
     * One step of the feed.
     *
     * @param before the version that {@code change} starts from; -1 for the first step
     */
    private record Frame(Taken taken, long before, String whole, String change) {}

    /**
     * One message to one page.
     *
     * @param name {@code seats} for the whole map, {@code change} for what is new since the message before
     */
    public record Message(String name, long version, String json) {}

    /** What changed since the message before. */
    record Change(
            String performanceId,
            long version,
            SeatMap.Counts counts,
            List<String> held,
            List<String> sold,
            List<String> freed) {}

    /** First the whole map, then changes. Ends when the app stops. */
    public Flux<Message> follow(String performanceId) {
        return Flux.defer(() -> {
                    long[] sent = {-1};
                    return feed(performanceId).onBackpressureLatest().map(frame -> message(frame, sent));
                })
                .takeUntilOther(closing.asMono());
    }

    private static Message message(Frame frame, long[] sent) {
        boolean next = frame.before() >= 0 && frame.before() == sent[0];
        sent[0] = frame.taken().version();
        return next
                ? new Message("change", frame.taken().version(), frame.change())
                : new Message("seats", frame.taken().version(), frame.whole());
    }

    private Flux<Frame> feed(String performanceId) {
        return feeds.computeIfAbsent(
                performanceId,
                id -> Flux.interval(Duration.ZERO, TICK)
                        .onBackpressureDrop()
                        .concatMap(tick -> look(id), 1)
                        .distinctUntilChanged(look -> look.taken().version())
                        .scan(Optional.<Frame>empty(), (before, look) -> Optional.of(frame(look, before.orElse(null))))
                        .skip(1)
                        .map(Optional::orElseThrow)
                        .doFinally(signal -> feeds.remove(id))
                        .replay(1)
                        .refCount(1, Duration.ofSeconds(5)));
    }

    private Mono<Look> look(String performanceId) {
        return offers.offer(performanceId)
                .zipWith(maps.taken(performanceId), Look::new)
                .doOnError(e -> log.warn("The seat map of {} waits: {}", performanceId, e.toString()))
                .onErrorComplete();
    }

    private record Look(PerformanceOffer offer, Taken taken) {}

    private Frame frame(Look look, @Nullable Frame before) {
        String whole = json.writeValueAsString(SeatMap.of(look.offer(), look.taken()));
        if (before == null) {
            return new Frame(look.taken(), -1, whole, "");
        }
        String change = json.writeValueAsString(change(look, before.taken()));
        return new Frame(look.taken(), before.taken().version(), whole, change);
    }

    private static Change change(Look look, Taken before) {
        Taken now = look.taken();
        List<String> freed = new ArrayList<>();
        freed.addAll(before.held());
        freed.addAll(before.sold());
        freed.removeIf(id -> now.held().contains(id) || now.sold().contains(id));
        return new Change(
                look.offer().performanceId(),
                now.version(),
                SeatMap.Counts.of(look.offer(), now),
                without(now.held(), before.held()),
                without(now.sold(), before.sold()),
                freed.stream().sorted().toList());
    }

    private static List<String> without(Set<String> ids, Set<String> known) {
        return ids.stream().filter(id -> !known.contains(id)).sorted().toList();
    }

    @EventListener(ContextClosedEvent.class)
    void close() {
        closing.tryEmitEmpty();
    }
}
