package io.onsale.platform.outbox;

import io.onsale.local.stores.TestStores;
import io.onsale.platform.Migrations;
import io.onsale.platform.kafka.EventPublisher;
import io.onsale.platform.kafka.EventTopic;
import io.onsale.platform.kafka.PlatformKafkaAutoConfiguration;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcAutoConfiguration;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcTransactionManagerAutoConfiguration;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.ReactiveTransactionManager;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;

/** One instance of an app that has a database and brokers; tests start one or several over the same stores. */
final class OutboxRig implements AutoCloseable {

    static final Duration LIMIT = Duration.ofSeconds(40);

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({
        R2dbcAutoConfiguration.class,
        R2dbcTransactionManagerAutoConfiguration.class,
        TransactionAutoConfiguration.class,
        PlatformKafkaAutoConfiguration.class,
        OutboxAutoConfiguration.class,
        RelayAutoConfiguration.class
    })
    static class App {}

    final ConfigurableApplicationContext context;
    final DatabaseClient database;
    final Outbox outbox;
    final ParkedMessages parked;
    private final TransactionalOperator transaction;

    private OutboxRig(ConfigurableApplicationContext context) {
        this.context = context;
        this.database = context.getBean(DatabaseClient.class);
        this.outbox = context.getBean(Outbox.class);
        this.parked = context.getBean(ParkedMessages.class);
        this.transaction = TransactionalOperator.create(context.getBean(ReactiveTransactionManager.class));
    }

    static OutboxRig start(String topic, EventConsumer... consumers) {
        Migrations.run("V1__outbox.sql");
        var context = new SpringApplicationBuilder(App.class)
                .web(WebApplicationType.NONE)
                .bannerMode(org.springframework.boot.Banner.Mode.OFF)
                .initializers(application -> {
                    var beans = (GenericApplicationContext) application;
                    beans.registerBean(EventTopic.class, () -> EventTopic.of(topic));
                    Arrays.stream(consumers)
                            .forEach(consumer ->
                                    beans.registerBean(consumer.name(), EventConsumer.class, () -> consumer));
                })
                .properties(
                        "spring.r2dbc.url=" + TestStores.postgres().r2dbcUrl(),
                        "spring.r2dbc.username=" + TestStores.postgres().username(),
                        "spring.r2dbc.password=" + TestStores.postgres().password(),
                        "onsale.kafka.bootstrap-servers=" + TestStores.kafka().bootstrapServers(),
                        "onsale.kafka.partitions=4",
                        "onsale.kafka.session-timeout=6s",
                        "onsale.kafka.delivery-timeout=6s",
                        "onsale.outbox.lease=2s",
                        "onsale.outbox.resend-after=3s")
                .run();
        return new OutboxRig(context);
    }

    EventPublisher publisher() {
        return context.getBean(EventPublisher.class);
    }

    <T> T inTransaction(Mono<T> work) {
        return transaction.transactional(work).block(LIMIT);
    }

    void append(DomainEvent... events) {
        appending(events).block(LIMIT);
    }

    Mono<Void> appending(DomainEvent... events) {
        return transaction.transactional(outbox.append(events));
    }

    long count(String sql) {
        return Objects.requireNonNull(
                database.sql(sql).map(row -> row.get(0, Long.class)).one().block(LIMIT));
    }

    @Override
    public void close() {
        context.close();
    }

    /** Waits for a condition, looking every 50 ms; fails after {@link #LIMIT}. */
    static void await(String what, java.util.function.BooleanSupplier condition) {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("Not within " + LIMIT + ": " + what);
            }
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
