package io.onsale.ticketing.checkout;

import io.onsale.platform.Ids;
import io.onsale.platform.problem.Problem;
import io.onsale.platform.problem.ProblemException;
import io.onsale.ticketing.checkout.postgres.CancellationRows;
import io.onsale.ticketing.checkout.postgres.CancellationRows.Cancellation;
import io.onsale.ticketing.checkout.postgres.ReturnRows;
import io.onsale.ticketing.checkout.postgres.ReturnRows.Returned;
import io.onsale.ticketing.payments.Payments;
import io.onsale.ticketing.reservations.Reservation;
import io.onsale.ticketing.reservations.Reservations;
import io.onsale.ticketing.tickets.Tickets;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** What becomes of seats and books when it is known what money that went back by hand was for. Inside the caller's transaction. */
@Component
class SettlingReturns {

    /** Who settles what needs nobody. */
    static final String BY_ITSELF = "onsale";

    private static final String RETURNED = "RETURNED_AT_PROVIDER";

    private final Reservations reservations;
    private final Payments payments;
    private final Tickets tickets;
    private final ReturnRows rows;
    private final CancellationRows cancellations;
    private final Clock clock;

    SettlingReturns(
            Reservations reservations,
            Payments payments,
            Tickets tickets,
            ReturnRows rows,
            CancellationRows cancellations,
            Clock clock) {
        this.reservations = reservations;
        this.payments = payments;
        this.tickets = tickets;
        this.rows = rows;
        this.cancellations = cancellations;
        this.clock = clock;
    }

    /** The seats go with the money, under the reservation's lock; without seats only the books change. */
    Mono<Void> giveUp(
            Returned returned, Reservation reservation, Set<String> seatIds, String by, @Nullable String note) {
        long worth = reservation.seats().stream()
                .filter(seat -> seatIds.contains(seat.seatId()))
                .mapToLong(Reservation.HeldSeat::amount)
                .sum();
        if (seatIds.isEmpty()) {
            return settle(returned, seatIds, 0, by, note);
        }
        Mono<Void> free = Mono.defer(() -> free(returned, reservation, seatIds, worth))
                .then(Mono.defer(() -> settle(returned, seatIds, worth, by, note)));
        return cancellations
                .underWay(reservation.id())
                .map(underWay -> join(returned, underWay, seatIds, by, note))
                .defaultIfEmpty(free)
                .flatMap(way -> way);
    }

    Mono<Void> settle(Returned returned, Set<String> seatIds, long worth, String by, @Nullable String note) {
        return mark(returned, seatIds, by, note)
                .then(Mono.defer(() -> payments.settleReturned(returned.refundId(), worth)));
    }

    private Mono<Void> mark(Returned returned, Set<String> seatIds, String by, @Nullable String note) {
        return rows.settle(returned.refundId(), seatIds, by, note, clock.instant())
                .filter(first -> first)
                .switchIfEmpty(Mono.error(SettlingReturns::settledBefore))
                .then();
    }

    static ProblemException settledBefore() {
        return Problem.of(CheckoutProblem.RETURN_NOT_FOUND).asException();
    }

    /** These seats are being given up already: the money is a part of what goes back for them, if the provider has refused that. */
    private Mono<Void> join(
            Returned returned, Cancellation underWay, Set<String> seatIds, String by, @Nullable String note) {
        return Mono.just(underWay)
                .filter(made -> made.seatIds().containsAll(seatIds))
                .filterWhen(made -> payments.settleReturned(returned.refundId(), made.refundId()))
                .switchIfEmpty(Mono.error(CheckoutProblem::refundUnderWay))
                .then(Mono.defer(() -> mark(returned, Set.of(), by, note)));
    }

    /** Other money of a booking that ends here has nothing left to be for: nobody needs to be asked about it any more. */
    private Mono<Void> free(Returned returned, Reservation reservation, Set<String> seatIds, long worth) {
        boolean whole = seatIds.equals(reservation.seatIds());
        Mono<Void> given = whole
                ? Mono.defer(() -> reservations.cancelled(reservation.id()))
                        .then(Mono.defer(() -> rows.lookAgain(reservation.id(), clock.instant())))
                : Mono.defer(
                        () -> reservations.giveBack(reservation.id(), seatIds).then());
        Mono<?> begun = whole ? reservations.beginCancelling(reservation.id()) : Mono.empty();
        return begun.then(Mono.defer(() -> tickets.voidSeats(reservation.id(), seatIds)))
                .then(Mono.defer(() -> cancellations.insert(cancellation(returned, whole, seatIds, worth))))
                .then(Mono.defer(() -> cancellations
                        .refunded(returned.refundId(), clock.instant())
                        .then()))
                .then(given);
    }

    private Cancellation cancellation(Returned returned, boolean whole, Set<String> seatIds, long worth) {
        return new Cancellation(
                Ids.next(),
                returned.reservationId(),
                returned.eventId(),
                returned.refundId(),
                whole,
                List.copyOf(seatIds),
                returned.amount(),
                Math.max(0, worth - returned.amount()),
                RETURNED,
                clock.instant(),
                null);
    }

    /** Whether some of what was paid for it went back by hand, and nobody has said yet what for. */
    Mono<Boolean> isUndecided(Reservation reservation) {
        return rows.lockOpenOf(reservation.id())
                .hasElements()
                .flatMap(open -> open
                        ? Mono.just(true)
                        : payments.balance(Cancelling.paymentOf(reservation)).map(balance -> balance.undecided() > 0));
    }

    /**
     * A booking ends for which less is left than it cost: what had come back before, and was waiting for a word, was a part of this.
     *
     * @param shortfall of the price of its seats, what is not left to give back
     * @return what of that had come back so
     */
    Mono<Long> absorb(String reservationId, long shortfall) {
        return rows.lockOpenOf(reservationId).collectList().flatMap(open -> absorb(open, shortfall));
    }

    private Mono<Long> absorb(List<Returned> open, long shortfall) {
        long rest = shortfall;
        Mono<Void> all = Mono.empty();
        for (Returned returned : open) {
            long worth = Math.min(rest, returned.amount());
            rest -= worth;
            all = all.then(Mono.defer(() -> settle(returned, Set.of(), worth, BY_ITSELF, "the booking ended")));
        }
        return all.thenReturn(shortfall - rest);
    }
}
