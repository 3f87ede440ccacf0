package io.onsale.ticketing.reservations.hold;

import io.onsale.ticketing.reservations.postgres.Bookings;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/** The one sweeper: turns holds whose time is over to EXPIRED and announces it. Instances share the work by SKIP LOCKED. */
@Component
class ExpireHolds implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(ExpireHolds.class);

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
