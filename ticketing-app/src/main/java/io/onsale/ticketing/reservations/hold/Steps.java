package io.onsale.ticketing.reservations.hold;

import io.onsale.platform.outbox.Outbox;
import io.onsale.platform.problem.CommonProblem;
import io.onsale.platform.problem.Problem;
import io.onsale.ticketing.reservations.ReservationsProblem;
import io.onsale.ticketing.reservations.model.Booking;
import io.onsale.ticketing.reservations.model.Booking.Step;
import io.onsale.ticketing.reservations.postgres.Bookings;
import java.util.function.Function;
import org.springframework.stereotype.Component;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;

/**
 * One guarded step in a reservation's life: lock its row, decide by the pure rules, write it with its event, all in one transaction
 * (the caller's, if there is one). Redis and the seat map hear of it after the commit.
 */
@Component
class Steps {
    private final Bookings bookings;
    private final Outbox outbox;
    private final FastSide fastSide;
    private final TransactionalOperator transaction;

    Steps(Bookings bookings, Outbox outbox, FastSide fastSide, TransactionalOperator transaction) {
        this.bookings = bookings;
        this.outbox = outbox;
        this.fastSide = fastSide;
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
                .then(fastSide.changed(before, after, read.now()))
                .thenReturn(step);
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
