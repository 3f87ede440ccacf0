package io.onsale.ticketing.reservations.hold;

import io.onsale.ticketing.reservations.postgres.Bookings;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/** The one sweeper: turns holds whose time is over to EXPIRED and announces it. Instances share the work by SKIP LOCKED. */
@Component
class ExpireHolds implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(ExpireHolds.class);

    private static final int MAX_CLEARINGS = 3;

    private final HoldSettings settings;
    private final Bookings bookings;
    private final Steps steps;
    private final TransactionalOperator transaction;
    private Disposable running = Disposables.disposed();

    ExpireHolds(HoldSettings settings, Bookings bookings, Steps steps, TransactionalOperator transaction) {
        this.settings = settings;
        this.bookings = bookings;
        this.steps = steps;
        this.transaction = transaction;
    }

    /** Expires a hold if its time is over; without effect otherwise. */
    Mono<Void> expire(String reservationId) {
        return steps.take(reservationId, read -> read.booking().expire(read.now()))
                .then();
    }

    /**
     * Runs a decision; what lapsed in its way is expired, each hold in its own transaction, and it runs again. Ends with the last
     * {@link LapsedInTheWay} where there is always more.
     */
    <T> Mono<T> clearingLapsed(Mono<T> decision) {
        return decision.onErrorResume(
                        LapsedInTheWay.class,
                        lapsed -> Flux.fromIterable(lapsed.ids)
                                .concatMap(this::expire)
                                .then(Mono.error(lapsed)))
                .retryWhen(Retry.max(MAX_CLEARINGS)
                        .filter(LapsedInTheWay.class::isInstance)
                        .onRetryExhaustedThrow((retries, last) -> last.failure()));
    }

    /** Holds whose time is over, but that nobody has expired yet, are on the seats that a decision is about. */
    static final class LapsedInTheWay extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient List<String> ids;

        LapsedInTheWay(List<String> ids) {
            super("lapsed", null, false, false);
            this.ids = ids;
        }
    }

    /** Expires one batch. Answers how many there were. */
    Mono<Long> sweep() {
        return bookings.lockLapsed(settings.sweepBatch())
                .collectList()
                .flatMapIterable(ids -> ids)
                .concatMap(id -> expire(id).thenReturn(id))
                .count()
                .as(transaction::transactional);
    }

    @Override
    public void start() {
        running = Mono.defer(this::pause)
                .then(Mono.defer(this::sweepAll))
                .repeat()
                .retryWhen(Retry.fixedDelay(Long.MAX_VALUE, Duration.ofSeconds(1))
                        .doBeforeRetry(signal -> log.warn(
                                "Lapsed holds wait: {}", signal.failure().toString())))
                .subscribe();
    }

    private Mono<Long> sweepAll() {
        return sweep().expand(found -> found == settings.sweepBatch() ? sweep() : Mono.empty())
                .last(0L);
    }

    /** A little earlier or later each time, so that instances do not march in step. */
    private Mono<Long> pause() {
        long millis = settings.sweepInterval().toMillis();
        return Mono.delay(
                Duration.ofMillis(millis * 3 / 4 + ThreadLocalRandom.current().nextLong(millis / 2 + 1)));
    }

    @Override
    public void stop() {
        running.dispose();
    }

    @Override
    public boolean isRunning() {
        return !running.isDisposed();
    }
}
