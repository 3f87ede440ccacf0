package io.onsale.platform.outbox;

import io.onsale.platform.kafka.Delivery;
import io.onsale.platform.kafka.Envelope;
import io.onsale.platform.kafka.EventTopic;
import io.onsale.platform.kafka.MessageParked;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

final class PostgresParkedMessages implements ParkedMessages {

    private static final Logger log = LoggerFactory.getLogger(PostgresParkedMessages.class);

    private static final String COLUMNS =
            "id, consumer, topic, aggregate_id, event_id, event_type, message, reason, parked_at";

    private static final String PARK = """
            INSERT INTO platform.parked (consumer, topic, aggregate_id, event_id, event_type, message, reason)
            VALUES ($1, $2, $3, $4, $5, $6, $7)
            ON CONFLICT (consumer, event_id) DO NOTHING
            """;

    private static final String FIRST = "SELECT " + COLUMNS + """
             FROM platform.parked
            WHERE consumer = $1 AND aggregate_id = $2 ORDER BY id LIMIT 1 FOR UPDATE
            """;

    /** Aggregates whose first message has nothing wrong with it: what they waited for was applied or given up. */
    private static final String FREED = """
            SELECT DISTINCT consumer, aggregate_id FROM platform.parked p
            WHERE reason IS NULL AND NOT EXISTS (
                SELECT FROM platform.parked q
                WHERE q.consumer = p.consumer AND q.aggregate_id = p.aggregate_id AND q.id < p.id)
            """;

    private record Place(String consumer, String aggregateId) {}

    private final DatabaseClient database;
    private final TransactionalOperator transaction;
    private final PostgresInbox inbox;
    private final Outbox outbox;
    private final Consumers consumers;

    PostgresParkedMessages(
            DatabaseClient database,
            TransactionalOperator transaction,
            PostgresInbox inbox,
            Outbox outbox,
            Consumers consumers) {
        this.database = database;
        this.transaction = transaction;
        this.inbox = inbox;
        this.outbox = outbox;
        this.consumers = consumers;
    }

    /** Parks poison, and tells the topic's twin in the same transaction. */
    Mono<Void> park(Delivery delivery, Throwable reason) {
        MessageParked poison = MessageParked.of(delivery, reason);
        String raw = Objects.requireNonNullElse(delivery.raw(), "");
        Envelope envelope = readable(raw);
        String aggregate = envelope != null ? envelope.aggregateId() : String.valueOf(delivery.key());
        String eventId = envelope != null
                ? envelope.eventId()
                : "%s-%d@%d".formatted(delivery.topic(), delivery.partition(), delivery.offset());
        String type = envelope != null ? envelope.eventType() : "";
        return insert(delivery.group(), delivery.topic(), aggregate, eventId, type, raw, poison.reason())
                .filter(Boolean::booleanValue)
                .flatMap(first -> outbox.append(
                        DomainEvent.of(EventTopic.parkedTwin(delivery.topic()), aggregate, delivery.offset(), poison)))
                .as(transaction::transactional);
    }

    /** Parks a good message behind an earlier one of its aggregate; without effect if the way has become free. */
    Mono<Void> parkBehind(String consumer, String topic, Envelope envelope) {
        return insert(
                        consumer,
                        topic,
                        envelope.aggregateId(),
                        envelope.eventId(),
                        envelope.eventType(),
                        envelope.toJson(),
                        null)
                .then();
    }

    private Mono<Boolean> insert(
            String consumer,
            String topic,
            String aggregate,
            String eventId,
            String type,
            String message,
            @Nullable String reason) {
        DatabaseClient.GenericExecuteSpec park = database.sql(PARK)
                .bind(0, consumer)
                .bind(1, topic)
                .bind(2, aggregate)
                .bind(3, eventId)
                .bind(4, type)
                .bind(5, message.replace("\u0000", ""));
        park = reason == null ? park.bindNull(6, String.class) : park.bind(6, reason.replace("\u0000", ""));
        return park.fetch().rowsUpdated().map(rows -> rows == 1);
    }

    private static @Nullable Envelope readable(String raw) {
        try {
            return Envelope.fromJson(raw);
        } catch (RuntimeException noEnvelope) {
            return null;
        }
    }

    @Override
    public Flux<Parked> list(int limit) {
        return database.sql("SELECT " + COLUMNS + " FROM platform.parked ORDER BY id LIMIT $1")
                .bind(0, limit)
                .map(PostgresParkedMessages::parked)
                .all();
    }

    @Override
    public Mono<Long> replay(String consumer, String aggregateId) {
        EventConsumer handler = consumers.named(consumer);
        return replayFirst(handler, aggregateId)
                .repeat()
                .takeUntil(applied -> !applied)
                .filter(Boolean::booleanValue)
                .count();
    }

    private Mono<Boolean> replayFirst(EventConsumer handler, String aggregateId) {
        return database.sql(FIRST)
                .bind(0, handler.name())
                .bind(1, aggregateId)
                .map(PostgresParkedMessages::parked)
                .one()
                .flatMap(parked -> applyAndForget(handler, parked).thenReturn(true))
                .defaultIfEmpty(false)
                .as(transaction::transactional);
    }

    private Mono<Void> applyAndForget(EventConsumer handler, Parked parked) {
        return Mono.fromCallable(() -> Envelope.fromJson(parked.message()))
                .flatMap(envelope -> inbox.once(handler.name(), envelope, handler.apply(envelope)))
                .then(forget(parked.id()))
                .then();
    }

    private Mono<Long> forget(long id) {
        return database.sql("DELETE FROM platform.parked WHERE id = $1")
                .bind(0, id)
                .fetch()
                .rowsUpdated();
    }

    @Override
    public Mono<Long> replayAll() {
        return replayEach("SELECT DISTINCT consumer, aggregate_id FROM platform.parked");
    }

    /** Applies what waits behind nothing any more. */
    Mono<Long> replayFreed() {
        return replayEach(FREED);
    }

    private Mono<Long> replayEach(String places) {
        return database.sql(places)
                .map(row -> new Place(text(row, "consumer"), text(row, "aggregate_id")))
                .all()
                .collectList()
                .flatMapIterable(all -> all)
                .concatMap(place -> replay(place.consumer(), place.aggregateId())
                        .onErrorResume(failure -> {
                            log.warn(
                                    "{} stays parked for {}: {}",
                                    place.aggregateId(),
                                    place.consumer(),
                                    failure.toString());
                            return Mono.just(0L);
                        }))
                .reduce(0L, Long::sum);
    }

    @Override
    public Mono<Boolean> discard(long id) {
        return database.sql("SELECT " + COLUMNS + " FROM platform.parked WHERE id = $1 FOR UPDATE")
                .bind(0, id)
                .map(PostgresParkedMessages::parked)
                .one()
                .flatMap(parked -> remember(parked).then(forget(id)))
                .map(rows -> rows == 1)
                .defaultIfEmpty(false)
                .as(transaction::transactional);
    }

    private Mono<Boolean> remember(Parked parked) {
        Envelope envelope = readable(parked.message());
        return envelope == null ? Mono.just(true) : inbox.once(parked.consumer(), envelope, Mono.empty());
    }

    private static Parked parked(Readable row) {
        return new Parked(
                Objects.requireNonNull(row.get("id", Long.class)),
                text(row, "consumer"),
                text(row, "topic"),
                text(row, "aggregate_id"),
                text(row, "event_id"),
                text(row, "event_type"),
                text(row, "message"),
                row.get("reason", String.class),
                Objects.requireNonNull(row.get("parked_at", Instant.class)));
    }

    private static String text(Readable row, String column) {
        return Objects.requireNonNull(row.get(column, String.class));
    }
}
