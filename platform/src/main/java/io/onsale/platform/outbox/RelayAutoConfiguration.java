package io.onsale.platform.outbox;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.onsale.platform.Ids;
import io.onsale.platform.kafka.EventPublisher;
import io.onsale.platform.kafka.SubscriptionSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.r2dbc.core.DatabaseClient;

/** Between the outbox, Kafka and the inbox: needs both a database and brokers. */
@AutoConfiguration(
        after = OutboxAutoConfiguration.class,
        afterName = "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration")
@ConditionalOnClass(DatabaseClient.class)
@ConditionalOnBean({Outbox.class, EventPublisher.class})
@EnableConfigurationProperties(OutboxSettings.class)
public class RelayAutoConfiguration {

    @Bean
    SubscriptionSource consumerSubscriptions(
            DatabaseClient database, Consumers consumers, PostgresInbox inbox, PostgresParkedMessages parked) {
        return new ConsumerSubscriptions(database, consumers, inbox, parked);
    }

    @Bean
    RelayLifecycle outboxRelay(
            OutboxSettings settings,
            DatabaseClient database,
            EventPublisher publisher,
            PostgresParkedMessages parked,
            Wakeup wakeup,
            ObjectProvider<MeterRegistry> meters) {
        RelayLease lease = new RelayLease(database, Ids.next(), settings.lease());
        return new RelayLifecycle(
                settings,
                lease,
                new Relay(database, publisher, lease, settings.batch()),
                new Housekeeping(database, settings),
                parked,
                new OutboxMetrics(database, meters.getIfAvailable(SimpleMeterRegistry::new)),
                wakeup);
    }
}
