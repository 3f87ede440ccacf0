package io.onsale.ticketing.reservations.hold;

import io.onsale.ticketing.reservations.model.Booking;
import io.onsale.ticketing.reservations.model.Claim;
import io.onsale.ticketing.reservations.redis.SeatLocks;
import io.onsale.ticketing.reservations.seatmap.SeatMaps;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;
import org.springframework.transaction.reactive.TransactionSynchronization;
import org.springframework.transaction.reactive.TransactionSynchronizationManager;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.util.retry.Retry;

/**
 * What Redis and the seat map hear once PostgreSQL has decided. The caller waits for it for a moment, and its failure is nobody's. A longer
 * end that was not heard costs the next buyer a question to PostgreSQL. Seats given back would be kept from everybody until the hold's
 * end, so Redis is told of them until it has heard.
 */
@Component
class FastSide implements DisposableBean {
    private static final Logger log = LoggerFactory.getLogger(FastSide.class);
    private static final Duration WAITED_FOR = Duration.ofSeconds(2);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    private static final int RETOLD_AT_ONCE = 10_000;

    private final SeatLocks locks;
    private final SeatMaps maps;
    private final Semaphore mayBeRetold = new Semaphore(RETOLD_AT_ONCE);
    private final Sinks.Empty<Void> stopped = Sinks.empty();

    FastSide(SeatLocks locks, SeatMaps maps) {
        this.locks = locks;
        this.maps = maps;
    }

    /** Tells of a new hold when the caller's transaction commits. */
    Mono<Void> held(Booking held, Duration length) {
        return afterCommit(Mono.defer(() -> {
            maps.changed(held.performanceId());
            return extend(held, length);
        }));
    }

    /**
     * Tells of a change when the caller's transaction commits.
     *
     * @param now by the database's clock
     */
    Mono<Void> changed(Booking before, Booking after, Instant now) {
        return afterCommit(Mono.defer(() -> tell(before, after, now)));
    }

    private static Mono<Void> afterCommit(Mono<Void> then) {
        return TransactionSynchronizationManager.forCurrentTransaction()
                .doOnNext(current -> current.registerSynchronization(new TransactionSynchronization() {
                    @Override
                    public Mono<Void> afterCommit() {
                        return then.onErrorComplete();
                    }
                }))
                .then();
    }

    private Mono<Void> tell(Booking before, Booking after, Instant now) {
        maps.changed(after.performanceId());
        boolean longer = after.expiresAt().isAfter(before.expiresAt());
        boolean more = !before.claims().containsAll(after.claims());
        Mono<Void> released = release(before, after, now);
        return longer || more ? released.then(extend(after, Duration.between(now, after.expiresAt()))) : released;
    }

    private Mono<Void> extend(Booking held, Duration fromNow) {
        return locks.extend(held.eventId(), held.performanceId(), fences(held.claims()), fromNow)
                .timeout(WAITED_FOR)
                .doOnError(e -> log.debug("Redis has not heard of a hold: {}", e.toString()))
                .onErrorComplete();
    }

    private Mono<Void> release(Booking before, Booking after, Instant now) {
        List<Claim> ended = new ArrayList<>(before.claims());
        ended.removeAll(after.claims());
        Mono<Void> release = locks.release(before.eventId(), before.performanceId(), fences(ended))
                .timeout(WAITED_FOR);
        // in Redis they end by themselves when the hold would have
        return release.doOnError(e -> retell(release, Duration.between(now, before.expiresAt())))
                .onErrorComplete();
    }

    /** In the background. A release names its fences, so one that comes late or twice frees nobody else's seats. */
    private void retell(Mono<Void> release, Duration worthwhile) {
        if (worthwhile.isNegative() || !mayBeRetold.tryAcquire()) {
            return;
        }
        Mono.delay(FIRST_PAUSE)
                .then(release)
                .retryWhen(Retry.backoff(Long.MAX_VALUE, FIRST_PAUSE).maxBackoff(LONGEST_PAUSE))
                .timeout(worthwhile)
                .takeUntilOther(stopped.asMono())
                .doFinally(signal -> mayBeRetold.release())
                .subscribe(done -> {}, e -> log.debug("Redis never heard of seats given back: {}", e.toString()));
    }

    private static Map<String, Long> fences(List<Claim> claims) {
        return claims.stream().collect(Collectors.toMap(Claim::seatId, Claim::fence));
    }

    @Override
    public void destroy() {
        stopped.tryEmitEmpty();
    }
}
