package io.onsale.platform.outbox;

import io.onsale.platform.kafka.Envelope;
import io.onsale.platform.kafka.EventSubscription;
import io.onsale.platform.kafka.SubscriptionSource;
import io.r2dbc.spi.R2dbcNonTransientResourceException;
import io.r2dbc.spi.R2dbcTransientException;
import java.util.List;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.CannotCreateTransactionException;
import reactor.core.publisher.Mono;

/** Subscribes every declared consumer: once by the inbox, behind what is parked, and parking in the database. */
final class ConsumerSubscriptions implements SubscriptionSource {

    private static final String IS_PARKED_BEFORE = """
            SELECT count(*) AS n FROM platform.parked p WHERE consumer = $1 AND aggregate_id = $2
               AND NOT EXISTS (SELECT FROM platform.inbox i WHERE i.consumer = $1 AND i.event_id = $3)
            """;

    private final DatabaseClient database;
    private final Consumers consumers;
    private final PostgresInbox inbox;
    private final PostgresParkedMessages parked;

    ConsumerSubscriptions(
            DatabaseClient database, Consumers consumers, PostgresInbox inbox, PostgresParkedMessages parked) {
        this.database = database;
        this.consumers = consumers;
        this.inbox = inbox;
        this.parked = parked;
    }

    @Override
    public List<EventSubscription> subscriptions() {
        return consumers.all().stream().map(this::subscription).toList();
    }

    private EventSubscription subscription(EventConsumer consumer) {
        return EventSubscription.shared(consumer.name(), consumer.topic(), envelope -> deliver(consumer, envelope))
                .attempts(4)
                .retryForever(ConsumerSubscriptions::databaseIsAway)
                .parkingAt(parked::park);
    }

    private Mono<Void> deliver(EventConsumer consumer, Envelope envelope) {
        if (!consumer.handles(envelope.eventType())) {
            return Mono.empty();
        }
        return inbox.onceUnlessParked(consumer.name(), envelope, consumer.apply(envelope))
                .flatMap(applied -> applied ? Mono.<Void>empty() : parkIfBehind(consumer, envelope));
    }

    /** Not applied: either it had been before, or an earlier one is parked. */
    private Mono<Void> parkIfBehind(EventConsumer consumer, Envelope envelope) {
        return database.sql(IS_PARKED_BEFORE)
                .bind(0, consumer.name())
                .bind(1, envelope.aggregateId())
                .bind(2, envelope.eventId())
                .map(row -> row.get("n", Long.class))
                .one()
                .filter(parkedBefore -> parkedBefore > 0)
                .flatMap(behind -> parked.parkBehind(consumer.name(), consumer.topic(), envelope));
    }

    static boolean databaseIsAway(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof TransientDataAccessException
                    || cause instanceof DataAccessResourceFailureException
                    || cause instanceof CannotCreateTransactionException
                    || cause instanceof R2dbcTransientException
                    || cause instanceof R2dbcNonTransientResourceException) {
                return true;
            }
        }
        return false;
    }
}
