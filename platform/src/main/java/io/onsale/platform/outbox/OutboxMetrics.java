package io.onsale.platform.outbox;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.r2dbc.spi.Readable;
import java.util.Objects;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/** How far events are behind: what waits, for how long, and what is parked. */
final class OutboxMetrics {

    private static final String MEASURE = """
            SELECT (SELECT count(*) FROM platform.outbox WHERE published_at IS NULL) AS unpublished,
                   (SELECT count(*) FROM platform.outbox WHERE finished_at IS NULL AND published_at IS NOT NULL) AS unfinished,
                   (SELECT count(*) FROM platform.parked) AS parked,
                   coalesce((SELECT extract(epoch FROM clock_timestamp() - created_at)::float8 FROM platform.outbox
                              WHERE published_at IS NULL ORDER BY seq LIMIT 1), 0) AS lag
            """;

    private record Measured(long unpublished, long unfinished, long parked, double lagSeconds) {}

    private final DatabaseClient database;
    private volatile Measured last = new Measured(0, 0, 0, 0);

    OutboxMetrics(DatabaseClient database, MeterRegistry registry) {
        this.database = database;
        Gauge.builder("onsale.outbox.unpublished", () -> last.unpublished())
                .description("Committed events that are not on Kafka yet")
                .register(registry);
        Gauge.builder("onsale.outbox.unfinished", () -> last.unfinished())
                .description("Published events that a consumer of this app does not hold yet")
                .register(registry);
        Gauge.builder("onsale.outbox.parked", () -> last.parked())
                .description("Messages that could not be handled, with those behind them")
                .register(registry);
        Gauge.builder("onsale.outbox.lag", () -> last.lagSeconds())
                .baseUnit("seconds")
                .description("Age of the oldest committed event that is not on Kafka yet")
                .register(registry);
    }

    Mono<Void> measure() {
        return database.sql(MEASURE)
                .map(OutboxMetrics::measured)
                .one()
                .doOnNext(measured -> last = measured)
                .then();
    }

    private static Measured measured(Readable row) {
        return new Measured(
                number(row, "unpublished"),
                number(row, "unfinished"),
                number(row, "parked"),
                Objects.requireNonNull(row.get("lag", Double.class)));
    }

    private static long number(Readable row, String column) {
        return Objects.requireNonNull(row.get(column, Long.class));
    }
}
