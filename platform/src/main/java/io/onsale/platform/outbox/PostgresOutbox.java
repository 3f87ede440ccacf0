package io.onsale.platform.outbox;

import io.onsale.platform.Ids;
import io.onsale.platform.kafka.Envelope;
import io.onsale.platform.kafka.TraceCarrier;
import io.r2dbc.spi.Statement;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.NoTransactionException;
import org.springframework.transaction.reactive.TransactionSynchronization;
import org.springframework.transaction.reactive.TransactionSynchronizationManager;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

final class PostgresOutbox implements Outbox {

    private static final String APPEND = """
            INSERT INTO platform.outbox (event_id, topic, key, event_type, envelope, awaits)
            VALUES ($1, $2, $3, $4, $5, $6)
            """;

    private final DatabaseClient database;
    private final Consumers consumers;
    private final TraceCarrier traces;
    private final Clock clock;
    private final Wakeup wakeup;

    PostgresOutbox(DatabaseClient database, Consumers consumers, TraceCarrier traces, Clock clock, Wakeup wakeup) {
        this.database = database;
        this.consumers = consumers;
        this.traces = traces;
        this.clock = clock;
        this.wakeup = wakeup;
    }

    @Override
    public Mono<Void> append(DomainEvent... events) {
        if (events.length == 0) {
            return Mono.empty();
        }
        return TransactionSynchronizationManager.forCurrentTransaction()
                .filter(TransactionSynchronizationManager::isActualTransactionActive)
                .switchIfEmpty(Mono.error(PostgresOutbox::outsideTransaction))
                .onErrorMap(NoTransactionException.class, none -> outsideTransaction())
                .doOnNext(transaction -> transaction.registerSynchronization(new WakeAfterCommit(wakeup)))
                .then(Mono.deferContextual(context -> insert(List.of(events), context)));
    }

    private Mono<Void> insert(List<DomainEvent> events, ContextView context) {
        String traceparent = traces.current(context);
        return database.inConnectionMany(connection -> {
                    Statement append = connection.createStatement(APPEND);
                    for (int i = 0; i < events.size(); i++) {
                        if (i > 0) {
                            append.add();
                        }
                        bind(append, events.get(i), traceparent);
                    }
                    return Flux.from(append.execute()).concatMap(result -> result.getRowsUpdated());
                })
                .then()
                .checkpoint("append to outbox");
    }

    private void bind(Statement append, DomainEvent event, @Nullable String traceparent) {
        Envelope envelope = Envelope.of(
                        Ids.next(), event.aggregateId(), event.version(), clock.instant(), event.payload())
                .withTraceparent(traceparent);
        append.bind(0, envelope.eventId())
                .bind(1, event.topic())
                .bind(2, event.key())
                .bind(3, envelope.eventType())
                .bind(4, envelope.toJson())
                .bind(5, consumers.awaiting(event.topic(), envelope.eventType()));
    }

    private static IllegalStateException outsideTransaction() {
        return new IllegalStateException("Outbox.append needs the transaction of the change that it announces");
    }

    /** The relay of this instance need not wait for its next look. */
    private record WakeAfterCommit(Wakeup wakeup) implements TransactionSynchronization {

        @Override
        public Mono<Void> afterCommit() {
            return Mono.fromRunnable(wakeup::wake);
        }
    }
}
