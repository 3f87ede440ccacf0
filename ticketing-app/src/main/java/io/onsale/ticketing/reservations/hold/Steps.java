package io.onsale.ticketing.reservations.hold;

import io.onsale.platform.outbox.Outbox;
import io.onsale.platform.problem.CommonProblem;
import io.onsale.platform.problem.Problem;
import io.onsale.ticketing.reservations.ReservationsProblem;
import io.onsale.ticketing.reservations.model.Booking;
import io.onsale.ticketing.reservations.model.Booking.Step;
import io.onsale.ticketing.reservations.model.Claim;
import io.onsale.ticketing.reservations.postgres.Bookings;
import io.onsale.ticketing.reservations.redis.SeatLocks;
import io.onsale.ticketing.reservations.seatmap.SeatMaps;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.reactive.TransactionSynchronization;
import org.springframework.transaction.reactive.TransactionSynchronizationManager;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;

/**
 * One guarded step in a reservation's life: lock its row, decide by the pure rules, write it with its event, all in one transaction
 * (the caller's, if there is one). Redis and the seat map hear of it after the commit.
 */
@Component
class Steps {
    private static final Logger log = LoggerFactory.getLogger(Steps.class);

    private final Bookings bookings;
    private final Outbox outbox;
    private final SeatLocks locks;
    private final SeatMaps maps;
    private final TransactionalOperator transaction;

    Steps(Bookings bookings, Outbox outbox, SeatLocks locks, SeatMaps maps, TransactionalOperator transaction) {
        this.bookings = bookings;
        this.outbox = outbox;
        this.locks = locks;
        this.maps = maps;
        this.transaction = transaction;
    }

    /** Takes the step; {@code NOT_FOUND} when there is no such reservation. */
    Mono<Step> take(String id, Function<Bookings.Read, Step> rule) {
        return bookings.lock(id)
                .switchIfEmpty(
                        Mono.error(() -> Problem.of(CommonProblem.NOT_FOUND).asException()))
                .flatMap(read -> write(read, rule.apply(read)))
                .as(transaction::transactional);
    }

    /** Writes what the rules decided about a row that this transaction has locked. */
    Mono<Step> write(Bookings.Read read, Step step) {
        if (!(step instanceof Step.Changed changed)) {
            return Mono.just(step);
        }
        Booking before = read.booking();
        Booking after = changed.next();
        Mono<Void> announced =
                changed.fact() == null ? Mono.empty() : outbox.append(Announcements.of(changed.fact(), before, after));
        return bookings.write(before, after)
                .then(announced)
                .then(afterCommit(Mono.defer(() -> tellTheFastSide(before, after, read))))
                .thenReturn(step);
    }

    /** Done once the transaction has committed; its failure is nobody's. */
    static Mono<Void> afterCommit(Mono<Void> then) {
        return TransactionSynchronizationManager.forCurrentTransaction()
                .doOnNext(current -> current.registerSynchronization(new TransactionSynchronization() {
                    @Override
                    public Mono<Void> afterCommit() {
                        return then.timeout(Duration.ofSeconds(2))
                                .doOnError(e -> log.debug("Redis will see it by itself: {}", e.toString()))
                                .onErrorComplete();
                    }
                }))
                .then();
    }

    private Mono<Void> tellTheFastSide(Booking before, Booking after, Bookings.Read read) {
        maps.changed(after.performanceId());
        List<Claim> ended = new ArrayList<>(before.claims());
        ended.removeAll(after.claims());
        Mono<Void> released = locks.release(after.eventId(), after.performanceId(), fences(ended));
        boolean longer = after.expiresAt().isAfter(before.expiresAt());
        boolean more = !before.claims().containsAll(after.claims());
        return longer || more
                ? released.then(locks.extend(
                        after.eventId(),
                        after.performanceId(),
                        fences(after.claims()),
                        Duration.between(read.now(), after.expiresAt())))
                : released;
    }

    static Map<String, Long> fences(List<Claim> claims) {
        return claims.stream().collect(Collectors.toMap(Claim::seatId, Claim::fence));
    }

    /** The reservation after a step that was not refused; the refusal as a problem otherwise. */
    static Booking allowed(Step step) {
        if (step instanceof Step.Changed changed) {
            return changed.next();
        }
        if (step instanceof Step.Unchanged unchanged) {
            return unchanged.now();
        }
        throw problem(((Step.Refused) step).why());
    }

    private static RuntimeException problem(Booking.Refusal why) {
        ReservationsProblem code = switch (why) {
            case ENDED -> ReservationsProblem.HOLD_ENDED;
            case PAID -> ReservationsProblem.ALREADY_PAID;
            case NOT_CONFIRMED -> ReservationsProblem.NOT_CONFIRMED;
            case NOT_HELD -> ReservationsProblem.PAYMENT_IN_PROGRESS;
        };
        return Problem.of(code).asException();
    }
}
