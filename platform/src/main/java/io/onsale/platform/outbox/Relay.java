package io.onsale.platform.outbox;

import io.onsale.platform.kafka.Envelope;
import io.onsale.platform.kafka.EventPublisher;
import io.r2dbc.spi.Readable;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Publishes committed rows in order per key: keys side by side, the rows of one key one after the other, and none after one
 * that failed. A row is marked once the brokers hold it, so that a crash in between publishes it again.
 */
final class Relay {

    private static final Logger log = LoggerFactory.getLogger(Relay.class);

    private static final int KEYS_AT_ONCE = 256;

    private static final String NEXT = """
            SELECT seq, topic, key, envelope FROM platform.outbox
            WHERE published_at IS NULL ORDER BY seq LIMIT $1
            """;

    private static final String MARK = """
            UPDATE platform.outbox
               SET published_at = clock_timestamp(), publications = publications + 1,
                   finished_at = CASE WHEN cardinality(awaits) = 0 THEN clock_timestamp() END
             WHERE seq = ANY($1)
            """;

    private record Key(String topic, String key) {}

    private record Row(long seq, Key key, String envelope) {}

    private final DatabaseClient database;
    private final EventPublisher publisher;
    private final RelayLease lease;
    private final int batch;

    Relay(DatabaseClient database, EventPublisher publisher, RelayLease lease, int batch) {
        this.database = database;
        this.publisher = publisher;
        this.lease = lease;
        this.batch = batch;
    }

    /** Publishes until nothing is left, a publication failed or the lease ended. */
    Mono<Void> publishPending() {
        return Mono.defer(() -> lease.held() ? publishBatch() : Mono.just(false))
                .repeat()
                .takeUntil(more -> !more)
                .then();
    }

    private Mono<Boolean> publishBatch() {
        return next().flatMap(rows -> rows.isEmpty() ? Mono.just(false) : publishAndMark(rows));
    }

    private Mono<List<Row>> next() {
        return database.sql(NEXT).bind(0, batch).map(Relay::row).all().collectList();
    }

    private Mono<Boolean> publishAndMark(List<Row> rows) {
        return Flux.fromIterable(byKey(rows))
                .flatMap(this::publishInOrder, KEYS_AT_ONCE)
                .collectList()
                .flatMap(published ->
                        mark(published).thenReturn(rows.size() == batch && published.size() == rows.size()));
    }

    private static Iterable<List<Row>> byKey(List<Row> rows) {
        Map<Key, List<Row>> groups = rows.stream().collect(Collectors.groupingBy(Row::key));
        return groups.values();
    }

    private Flux<Long> publishInOrder(List<Row> rows) {
        return Flux.fromIterable(rows)
                .concatMap(row -> publish(row).thenReturn(row.seq()))
                .onErrorResume(failure -> {
                    log.warn("The relay will try {} again: {}", rows.get(0).key(), failure.toString());
                    return Flux.empty();
                });
    }

    private Mono<Void> publish(Row row) {
        return Mono.defer(
                () -> publisher.publish(row.key().topic(), row.key().key(), Envelope.fromJson(row.envelope())));
    }

    private Mono<Void> mark(List<Long> published) {
        return published.isEmpty()
                ? Mono.empty()
                : database.sql(MARK)
                        .bind(0, published.toArray(Long[]::new))
                        .fetch()
                        .rowsUpdated()
                        .then();
    }

    private static Row row(Readable row) {
        return new Row(
                Objects.requireNonNull(row.get("seq", Long.class)),
                new Key(
                        Objects.requireNonNull(row.get("topic", String.class)),
                        Objects.requireNonNull(row.get("key", String.class))),
                Objects.requireNonNull(row.get("envelope", String.class)));
    }
}
