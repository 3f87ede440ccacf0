package io.onsale.platform.outbox;

import io.onsale.platform.kafka.PlatformKafkaAutoConfiguration;
import io.onsale.platform.kafka.TraceCarrier;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.ReactiveTransactionManager;
import org.springframework.transaction.reactive.TransactionalOperator;

/** Outbox and inbox for an app with a database; what they need of Kafka is in {@link RelayAutoConfiguration}. */
@AutoConfiguration(
        after = PlatformKafkaAutoConfiguration.class,
        afterName = {
            "org.springframework.boot.r2dbc.autoconfigure.R2dbcAutoConfiguration",
            "org.springframework.boot.r2dbc.autoconfigure.R2dbcTransactionManagerAutoConfiguration"
        })
@ConditionalOnClass(DatabaseClient.class)
@ConditionalOnBean({DatabaseClient.class, ReactiveTransactionManager.class})
public class OutboxAutoConfiguration {

    @Bean
    Consumers eventConsumers(ObjectProvider<EventConsumer> consumers) {
        return new Consumers(() -> consumers.orderedStream().toList());
    }

    @Bean
    Wakeup outboxWakeup() {
        return new Wakeup();
    }

    @Bean
    Outbox outbox(
            DatabaseClient database,
            Consumers consumers,
            ObjectProvider<TraceCarrier> traces,
            ObjectProvider<Clock> clock,
            Wakeup wakeup) {
        return new PostgresOutbox(
                database,
                consumers,
                traces.getIfAvailable(TraceCarrier.Plain::new),
                clock.getIfAvailable(Clock::systemUTC),
                wakeup);
    }

    @Bean
    PostgresInbox inbox(DatabaseClient database, ReactiveTransactionManager transactions) {
        return new PostgresInbox(database, TransactionalOperator.create(transactions));
    }

    @Bean
    PostgresParkedMessages parkedMessages(
            DatabaseClient database,
            ReactiveTransactionManager transactions,
            PostgresInbox inbox,
            Outbox outbox,
            Consumers consumers) {
        return new PostgresParkedMessages(
                database, TransactionalOperator.create(transactions), inbox, outbox, consumers);
    }
}
