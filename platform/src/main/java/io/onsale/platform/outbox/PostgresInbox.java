package io.onsale.platform.outbox;

import io.onsale.platform.kafka.Envelope;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;

final class PostgresInbox implements Inbox {

    private static final String REMEMBER = """
            INSERT INTO platform.inbox (consumer, event_id, aggregate_id, version)
            VALUES (:consumer, :eventId, :aggregateId, :version)
            ON CONFLICT DO NOTHING
            """;

    private static final String REMEMBER_UNLESS_PARKED = """
            INSERT INTO platform.inbox (consumer, event_id, aggregate_id, version)
            SELECT :consumer, :eventId, :aggregateId, :version
            WHERE NOT EXISTS (SELECT FROM platform.parked WHERE consumer = :consumer AND aggregate_id = :aggregateId)
            ON CONFLICT DO NOTHING
            """;

    private final DatabaseClient database;
    private final TransactionalOperator transaction;

    PostgresInbox(DatabaseClient database, TransactionalOperator transaction) {
        this.database = database;
        this.transaction = transaction;
    }

    @Override
    public Mono<Boolean> once(String consumer, Envelope envelope, Mono<Void> effect) {
        return apply(REMEMBER, consumer, envelope, effect);
    }

    /** As {@link #once}, and false as well when an earlier event of the aggregate is parked for this consumer. */
    Mono<Boolean> onceUnlessParked(String consumer, Envelope envelope, Mono<Void> effect) {
        return apply(REMEMBER_UNLESS_PARKED, consumer, envelope, effect);
    }

    /** A second delivery that runs at the same time waits at the insert for the first one's end. */
    private Mono<Boolean> apply(String remember, String consumer, Envelope envelope, Mono<Void> effect) {
        return database.sql(remember)
                .bind("consumer", consumer)
                .bind("eventId", envelope.eventId())
                .bind("aggregateId", envelope.aggregateId())
                .bind("version", envelope.version())
                .fetch()
                .rowsUpdated()
                .flatMap(rows -> rows == 1 ? effect.thenReturn(true) : Mono.just(false))
                .as(transaction::transactional)
                .checkpoint(consumer + " applies " + envelope.eventType());
    }
}
