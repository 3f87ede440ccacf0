package io.onsale.ticketing.checkout;

import io.onsale.platform.Ids;
import io.onsale.platform.problem.Problem;
import io.onsale.ticketing.checkout.model.Quote;
import io.onsale.ticketing.checkout.postgres.CancellationRows;
import io.onsale.ticketing.checkout.postgres.CancellationRows.Cancellation;
import io.onsale.ticketing.payments.PaymentRefunded;
import io.onsale.ticketing.payments.Payments;
import io.onsale.ticketing.payments.Payments.RefundOrder;
import io.onsale.ticketing.reservations.Reservation;
import io.onsale.ticketing.reservations.Reservations;
import io.onsale.ticketing.tickets.Tickets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.springframework.stereotype.Service;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;

/**
 * The way back from a ticket to money: tickets void, refund promised and the cancellation written in one transaction; when the
 * money has gone, the seats are free.
 */
@Service
public class Cancelling {

    /** Why an event's bookings go back. */
    public static final String EVENT_CANCELLED = "EVENT_CANCELLED";

    static final String BUYER_CANCELLED = "BUYER_CANCELLED";

    private final Reservations reservations;
    private final Payments payments;
    private final Tickets tickets;
    private final Quotes quotes;
    private final SettlingReturns returns;
    private final CancellationRows rows;
    private final TransactionalOperator transaction;
    private final Clock clock;

    Cancelling(
            Reservations reservations,
            Payments payments,
            Tickets tickets,
            Quotes quotes,
            SettlingReturns returns,
            CancellationRows rows,
            TransactionalOperator transaction,
            Clock clock) {
        this.reservations = reservations;
        this.payments = payments;
        this.tickets = tickets;
        this.quotes = quotes;
        this.returns = returns;
        this.rows = rows;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** The buyer gives the whole reservation back, by the policy. Asking again gets the same answer. */
    public Mono<Cancellation> whole(String reservationId) {
        return end(reservationId, BUYER_CANCELLED).checkpoint("cancel reservation");
    }

    /** The event will not happen: everything goes back, without a fee. */
    Mono<Cancellation> becauseOfEvent(String reservationId) {
        return end(reservationId, EVENT_CANCELLED).checkpoint("cancel for event");
    }

    /**
     * The buyer gives some tickets back and keeps the others; all of them is the whole reservation.
     *
     * @param requestKey the same for every repetition of the request
     */
    public Mono<Cancellation> part(String reservationId, Set<String> seatIds, String requestKey) {
        return lock(reservationId)
                .flatMap(found -> seatIds.containsAll(found.seatIds())
                        ? whole(reservationId)
                        : requireConfirmed(found)
                                .then(Mono.defer(() -> giveBack(
                                        found,
                                        seatIds,
                                        quotes.of(found, seatIds),
                                        false,
                                        requestKey,
                                        BUYER_CANCELLED))))
                .as(transaction::transactional)
                .checkpoint("cancel tickets");
    }

    /** All ways back lock the reservation first, so that they come one after the other. */
    private Mono<Reservation> lock(String reservationId) {
        return reservations
                .lock(reservationId)
                .switchIfEmpty(Mono.error(
                        () -> Problem.of(CheckoutProblem.RESERVATION_NOT_FOUND).asException()));
    }

    private Mono<Cancellation> end(String reservationId, String reason) {
        return lock(reservationId)
                .flatMap(reservation -> rows.ofReservation(reservationId)
                        .filter(Cancellation::whole)
                        .next()
                        .switchIfEmpty(Mono.defer(() -> endNow(reservation, reason))))
                .as(transaction::transactional);
    }

    private Mono<Cancellation> endNow(Reservation reservation, String reason) {
        Set<String> seatIds = reservation.seatIds();
        return requireConfirmed(reservation)
                .then(reservations.beginCancelling(reservation.id()))
                .flatMap(begun -> {
                    Mono<Quote> quote =
                            reason.equals(EVENT_CANCELLED) ? everything(begun, seatIds) : quotes.of(begun, seatIds);
                    return giveBack(begun, seatIds, quote, true, "whole", reason);
                });
    }

    /** What is left of the price: a part of it may have gone back by hand before, and may be the house's loss already. */
    private Mono<Quote> everything(Reservation reservation, Set<String> seatIds) {
        return payments.balance(paymentOf(reservation))
                .map(balance -> Math.min(reservation.amount(), balance.left()))
                .flatMap(amount -> returns.absorb(reservation.id(), reservation.amount() - amount)
                        .map(absorbed ->
                                new Quote(List.copyOf(seatIds), reservation.amount() - absorbed, 0).atMost(amount)));
    }

    static String paymentOf(Reservation reservation) {
        return Objects.requireNonNull(reservation.paymentId(), "a confirmed reservation has a payment");
    }

    private static Mono<Void> requireConfirmed(Reservation reservation) {
        return reservation.status() == Reservation.Status.CONFIRMED
                ? Mono.empty()
                : Mono.error(Problem.of(CheckoutProblem.NOT_CANCELLABLE).asException());
    }

    private Mono<Cancellation> giveBack(
            Reservation reservation,
            Set<String> seatIds,
            Mono<Quote> quoted,
            boolean whole,
            String requestKey,
            String reason) {
        String paymentId = paymentOf(reservation);
        return tickets.voidSeats(reservation.id(), seatIds)
                .then(requireNothingUnderWay(reservation, reason))
                .then(quoted)
                .flatMap(quote -> payments.refund(
                                new RefundOrder(paymentId, requestKey, quote.refundAmount(), quote.fee(), reason))
                        .map(refundId -> cancellation(reservation, quote, whole, refundId, reason)))
                .flatMap(made -> rows.insert(made).thenReturn(made));
    }

    /** Also what a buyer got by hand, and nobody has said for which tickets, may have been for these. */
    private Mono<Void> requireNothingUnderWay(Reservation reservation, String reason) {
        Mono<Boolean> undecided = reason.equals(BUYER_CANCELLED) ? returns.isUndecided(reservation) : Mono.just(false);
        return rows.underWay(reservation.id())
                .hasElement()
                .flatMap(underWay -> underWay ? Mono.just(true) : undecided)
                .filter(underWay -> underWay)
                .flatMap(underWay -> Mono.error(CheckoutProblem.refundUnderWay()));
    }

    private Cancellation cancellation(
            Reservation reservation, Quote quote, boolean whole, String refundId, String reason) {
        return new Cancellation(
                Ids.next(),
                reservation.id(),
                reservation.eventId(),
                refundId,
                whole,
                quote.seatIds(),
                quote.refundAmount(),
                quote.fee(),
                reason,
                clock.instant(),
                null);
    }

    /** The money has gone back: the seats follow. */
    Mono<Void> refunded(PaymentRefunded event) {
        Instant now = clock.instant();
        return rows.refunded(event.refundId(), now)
                .flatMap(made -> made.whole()
                        ? reservations.cancelled(made.reservationId())
                        : reservations
                                .giveBack(made.reservationId(), made.seatIds())
                                .then());
    }
}
