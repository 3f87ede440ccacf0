package io.onsale.platform.idempotency;

import io.onsale.platform.Repeating;
import io.onsale.platform.problem.ProblemWriter;
import io.onsale.platform.web.Detached;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import tools.jackson.databind.json.JsonMapper;

/** Idempotent requests for apps with a database. */
@AutoConfiguration(
        afterName = {
            "org.springframework.boot.r2dbc.autoconfigure.R2dbcAutoConfiguration",
            "io.onsale.platform.problem.ProblemAutoConfiguration"
        })
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
@ConditionalOnClass(DatabaseClient.class)
@ConditionalOnBean({DatabaseClient.class, ProblemWriter.class})
class IdempotencyAutoConfiguration {
    private static final Logger log = LoggerFactory.getLogger(IdempotencyAutoConfiguration.class);
    private static final Duration KEPT = Duration.ofHours(24);

    @Bean
    StoredAnswers storedAnswers(DatabaseClient database) {
        return new StoredAnswers(database);
    }

    @Bean
    Leases idempotencyLeases(StoredAnswers answers) {
        return new Leases(answers);
    }

    @Bean
    Idempotency idempotency(StoredAnswers answers, Leases leases, ProblemWriter problems, JsonMapper json) {
        return new Idempotency(answers, leases, problems, json);
    }

    /** Goes on while a stopping app finishes what it has begun. */
    @Bean
    Repeating idempotencyLeaseRenewal(Leases leases) {
        return Repeating.every(Leases.RENEWED_EVERY, "renew leases of requests", leases::renew)
                .inPhase(Detached.PHASE - 1);
    }

    @Bean
    SmartLifecycle forgetOldAnswers(StoredAnswers answers) {
        return new SmartLifecycle() {
            private Disposable running = Disposables.disposed();

            @Override
            public void start() {
                running = Flux.interval(Duration.ofMinutes(1))
                        .onBackpressureDrop()
                        .concatMap(tick -> answers.forgetOlderThan(KEPT)
                                .doOnError(e -> log.warn("Old answers stay for now: {}", e.toString()))
                                .onErrorComplete())
                        .subscribe();
            }

            @Override
            public void stop() {
                running.dispose();
            }

            @Override
            public boolean isRunning() {
                return !running.isDisposed();
            }
        };
    }
}
