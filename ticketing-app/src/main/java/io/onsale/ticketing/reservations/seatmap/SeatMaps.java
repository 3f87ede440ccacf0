package io.onsale.ticketing.reservations.seatmap;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.onsale.ticketing.catalog.SeatAvailability;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * What is taken, read from PostgreSQL at most every {@link #FRESH} per performance and instance however many ask, and at once after
 * a change made by this instance.
 */
@Component
public class SeatMaps implements SeatAvailability {
    static final Duration FRESH = Duration.ofMillis(300);

    /** Every claim has a version that only rises, so their sum names what is committed, on every instance alike. It is above 0: its index asks for that. */
    private static final String TAKEN = """
            select coalesce(sum(version), 0)::bigint as version,
                   string_agg(seat_id, ',') filter (where live and not sold) as held,
                   string_agg(seat_id, ',') filter (where sold) as sold
              from reservations.claims where performance_id = $1 and version > 0
            """;

    private static final String COUNTS = """
            select performance_id, count(*) filter (where not sold) as held, count(*) filter (where sold) as sold
              from reservations.claims where performance_id = any ($1) and live group by performance_id
            """;

    private final DatabaseClient database;
    private final AsyncCache<String, Taken> recent =
            Caffeine.newBuilder().expireAfterWrite(FRESH).maximumSize(2_000).buildAsync();

    SeatMaps(DatabaseClient database) {
        this.database = database;
    }

    @Override
    public Mono<Taken> taken(String performanceId) {
        return Mono.fromFuture(() -> recent.get(performanceId, (id, executor) -> read(id).toFuture()), true);
    }

    /** Not from memory: for those who must see what was committed a moment ago. */
    public Mono<Taken> read(String performanceId) {
        return database.sql(TAKEN)
                .bind("$1", performanceId)
                .map(SeatMaps::fromRow)
                .one();
    }

    @Override
    public Mono<Map<String, Counts>> counts(Collection<String> performanceIds) {
        return performanceIds.isEmpty()
                ? Mono.just(Map.of())
                : database.sql(COUNTS)
                        .bind("$1", performanceIds.toArray(String[]::new))
                        .map(row -> Map.entry(
                                Objects.requireNonNull(row.get("performance_id", String.class)),
                                new Counts(number(row, "held"), number(row, "sold"))))
                        .all()
                        .collectMap(Map.Entry::getKey, Map.Entry::getValue);
    }

    /** This instance changed something: the next reader looks. */
    public void changed(String performanceId) {
        recent.synchronous().invalidate(performanceId);
    }

    private static Taken fromRow(Readable row) {
        return new Taken(
                Objects.requireNonNull(row.get("version", Long.class)),
                ids(row.get("held", String.class)),
                ids(row.get("sold", String.class)));
    }

    private static Set<String> ids(@Nullable String joined) {
        return joined == null ? Set.of() : Set.of(joined.split(","));
    }

    private static int number(Readable row, String column) {
        return Objects.requireNonNull(row.get(column, Long.class)).intValue();
    }
}
