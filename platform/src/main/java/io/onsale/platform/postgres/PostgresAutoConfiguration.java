package io.onsale.platform.postgres;

import io.onsale.platform.problem.PassingTrouble;
import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.postgresql.PostgresqlConnectionFactoryProvider;
import io.r2dbc.spi.Option;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.r2dbc.autoconfigure.ConnectionFactoryOptionsBuilderCustomizer;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.CannotCreateTransactionException;
import reactor.netty.resources.LoopResources;

/** Shapes the pool that Spring Boot makes from {@code spring.r2dbc.*}. */
@AutoConfiguration(before = R2dbcAutoConfiguration.class)
@ConditionalOnClass({PostgresqlConnectionFactoryProvider.class, ConnectionPool.class})
@EnableConfigurationProperties(PostgresSettings.class)
public class PostgresAutoConfiguration {
    /** Every statement is answered within its time-out; what takes this much longer is lost. */
    private static final Duration ON_THE_WAY = Duration.ofSeconds(5);

    private static final Logger log = LoggerFactory.getLogger(PostgresAutoConfiguration.class);

    @Bean(destroyMethod = "dispose")
    LoopResources postgresLoops(PostgresSettings settings) {
        int cores = Runtime.getRuntime().availableProcessors();
        return new SpreadLoops("postgres", Objects.requireNonNullElse(settings.eventLoops(), cores), silence(settings));
    }

    private static Duration silence(PostgresSettings settings) {
        Duration statement = settings.statementTimeout();
        return statement.isZero() ? Duration.ofDays(1) : statement.plus(ON_THE_WAY);
    }

    @Bean
    ConnectionFactoryOptionsBuilderCustomizer postgresOptions(PostgresSettings settings, LoopResources postgresLoops) {
        Map<String, String> session = Map.of(
                "statement_timeout", Long.toString(settings.statementTimeout().toMillis()),
                "lock_timeout", Long.toString(settings.lockTimeout().toMillis()),
                "idle_in_transaction_session_timeout",
                        Long.toString(settings.idleInTransactionTimeout().toMillis()));
        return options -> options.option(PostgresqlConnectionFactoryProvider.LOOP_RESOURCES, postgresLoops)
                .option(PostgresqlConnectionFactoryProvider.TCP_KEEPALIVE, true)
                .option(PostgresqlConnectionFactoryProvider.TCP_NODELAY, true)
                .option(Option.<Map<String, String>>valueOf("options"), session);
    }

    /** The pool is empty, the server away, a lock not to be had: the transaction, if there was one, is rolled back. */
    @Bean
    PassingTrouble databaseTrouble() {
        return error -> error instanceof DataAccessResourceFailureException
                || error instanceof CannotCreateTransactionException
                || error instanceof TransientDataAccessException;
    }

    /** Opens the connections before the first request instead of during it; on a machine too busy for that, during it. */
    @Bean
    SmartInitializingSingleton postgresWarmUp(ObjectProvider<ConnectionPool> pools) {
        return () -> pools.forEach(pool -> pool.warmup()
                .doOnError(
                        e -> log.warn("Not all connections to PostgreSQL could be opened beforehand: {}", e.toString()))
                .onErrorComplete()
                .block());
    }
}
