package io.onsale.ticketing.checkout;

import io.onsale.platform.Ids;
import io.onsale.platform.problem.Problem;
import io.onsale.platform.problem.ProblemException;
import io.onsale.ticketing.checkout.postgres.CancellationRows;
import io.onsale.ticketing.checkout.postgres.CancellationRows.Cancellation;
import io.onsale.ticketing.checkout.postgres.ReturnRows;
import io.onsale.ticketing.checkout.postgres.ReturnRows.Returned;
import io.onsale.ticketing.payments.PaymentReturned;
import io.onsale.ticketing.payments.PaymentView;
import io.onsale.ticketing.payments.Payments;
import io.onsale.ticketing.reservations.Reservation;
import io.onsale.ticketing.reservations.Reservations;
import io.onsale.ticketing.tickets.Tickets;
import io.onsale.ticketing.tickets.TicketsProblem;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Money that went back by hand at the provider's console takes the seats with it. All of it: the booking ends, its tickets are void.
 * A part of it, or a ticket that was used: nobody here can know which seats were meant, so it waits for a person, who says.
 */
@Service
public class Returning {

    private static final Logger log = LoggerFactory.getLogger(Returning.class);
    private static final String RETURNED = "RETURNED_AT_PROVIDER";
    private static final String PART_OF_IT = "PART_OF_IT";
    private static final String BY_ITSELF = "onsale";
    private static final int AT_ONCE = 20;
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final Reservations reservations;
    private final Payments payments;
    private final Tickets tickets;
    private final ReturnRows rows;
    private final CancellationRows cancellations;
    private final TransactionalOperator transaction;
    private final Clock clock;

    Returning(
            Reservations reservations,
            Payments payments,
            Tickets tickets,
            ReturnRows rows,
            CancellationRows cancellations,
            TransactionalOperator transaction,
            Clock clock) {
        this.reservations = reservations;
        this.payments = payments;
        this.tickets = tickets;
        this.rows = rows;
        this.cancellations = cancellations;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** Written down first: what follows may have to wait, for the tickets to be issued or for a person. */
    Mono<Void> noticed(PaymentReturned event) {
        return reservations
                .find(event.reservationId())
                .flatMap(reservation -> rows.insert(new Returned(
                        event.refundId(),
                        event.paymentId(),
                        event.reservationId(),
                        reservation.eventId(),
                        event.amount(),
                        clock.instant(),
                        null)));
    }

    /** Settles what is due and can be settled without anybody. */
    Mono<Void> step() {
        return rows.takeDue(clock.instant(), AT_ONCE)
                .collectList()
                .flatMapIterable(due -> due)
                .concatMap(this::settleByItself)
                .then();
    }

    private Mono<Void> settleByItself(Returned returned) {
        return payments.find(returned.paymentId())
                .zipWith(reservations.find(returned.reservationId()))
                .flatMap(known -> follow(returned, known.getT1(), known.getT2()))
                .as(transaction::transactional)
                .onErrorResume(ProblemException.class, refusal -> wait(returned, refusal))
                .checkpoint("settle returned money");
    }

    private Mono<Void> follow(Returned returned, PaymentView payment, Reservation reservation) {
        if (!payment.paymentId().equals(reservation.paymentId())) {
            return rows.settle(returned.refundId(), Set.of(), BY_ITSELF, "it had bought nothing", clock.instant())
                    .then();
        }
        return switch (reservation.status()) {
            case CONFIRMED ->
                payment.captured() == payment.refunded()
                        ? giveUp(returned, reservation, seatsOf(reservation), BY_ITSELF, null)
                        : ask(returned, PART_OF_IT);
            case CANCELLED -> giveUp(returned, reservation, Set.of(), BY_ITSELF, "beyond its refund");
            default -> rows.tryAgain(returned.refundId(), clock.instant().plus(PAUSE));
        };
    }

    private Mono<Void> ask(Returned returned, String question) {
        log.error(
                "{} won of payment {} went back at the provider; a person has to say for which tickets: {}",
                returned.amount(),
                returned.paymentId(),
                question);
        return rows.ask(returned.refundId(), question);
    }

    private Mono<Void> wait(Returned returned, ProblemException refusal) {
        boolean forGood = refusal.is(TicketsProblem.TICKET_USED) || refusal.is(TicketsProblem.TICKET_VOID);
        return forGood
                ? ask(returned, refusal.problem().code().name())
                : rows.tryAgain(returned.refundId(), clock.instant().plus(PAUSE));
    }

    /** Money that waits for a person's word, the oldest first. */
    public Flux<Returned> questions(int limit) {
        return rows.questions(limit);
    }

    /**
     * A person says which tickets the money went back for; none: the buyer keeps all and the house bears it.
     *
     * @return the reservation as it is then; fails with a problem when one of the tickets was used
     */
    public Mono<Reservation> decide(String refundId, Set<String> ticketIds, String by, @Nullable String note) {
        return rows.lockOpen(refundId)
                .switchIfEmpty(Mono.error(
                        () -> Problem.of(CheckoutProblem.RETURN_NOT_FOUND).asException()))
                .flatMap(returned -> reservations
                        .find(returned.reservationId())
                        .zipWith(seatsOf(returned.reservationId(), ticketIds))
                        .flatMap(known -> giveUp(returned, known.getT1(), known.getT2(), by, note))
                        .then(reservations.find(returned.reservationId())))
                .as(transaction::transactional)
                .checkpoint("decide on returned money");
    }

    private Mono<Set<String>> seatsOf(String reservationId, Set<String> ticketIds) {
        return tickets.ofReservation(reservationId)
                .filter(ticket -> ticketIds.contains(ticket.id()))
                .map(ticket -> ticket.seat().id())
                .collect(Collectors.toSet())
                .filter(seatIds -> seatIds.size() == ticketIds.size())
                .switchIfEmpty(Mono.error(() ->
                        Problem.of(CheckoutProblem.TICKETS_NOT_OF_RESERVATION).asException()));
    }

    /** The seats go with the money, in one transaction; without seats only the books change. */
    private Mono<Void> giveUp(
            Returned returned, Reservation reservation, Set<String> seatIds, String by, @Nullable String note) {
        long worth = reservation.seats().stream()
                .filter(seat -> seatIds.contains(seat.seatId()))
                .mapToLong(Reservation.HeldSeat::amount)
                .sum();
        Mono<Void> seats = seatIds.isEmpty() ? Mono.empty() : free(returned, reservation, seatIds, worth);
        return rows.settle(returned.refundId(), seatIds, by, note, clock.instant())
                .filter(first -> first)
                .flatMap(first -> seats.then(payments.settleReturned(returned.refundId(), worth)));
    }

    private Mono<Void> free(Returned returned, Reservation reservation, Set<String> seatIds, long worth) {
        boolean whole = seatIds.equals(seatsOf(reservation));
        Mono<Void> given = whole
                ? Mono.defer(() -> reservations.cancelled(reservation.id()))
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

    /**
     * A booking ends for which less is left than it cost: what had come back before, and was waiting for a word, was a part of this.
     * In the caller's transaction.
     *
     * @param shortfall of the price of its seats, what is not left to give back
     */
    Mono<Void> absorb(String reservationId, long shortfall) {
        return shortfall <= 0
                ? Mono.empty()
                : rows.lockOpenOf(reservationId).collectList().flatMap(open -> absorb(open, shortfall));
    }

    private Mono<Void> absorb(List<Returned> open, long shortfall) {
        long rest = shortfall;
        Mono<Void> all = Mono.empty();
        for (Returned returned : open) {
            long worth = Math.min(rest, returned.amount());
            rest -= worth;
            all = all.then(rows.settle(returned.refundId(), Set.of(), BY_ITSELF, "the booking ended", clock.instant()))
                    .then(Mono.defer(() -> payments.settleReturned(returned.refundId(), worth)));
        }
        return all;
    }

    private static Set<String> seatsOf(Reservation reservation) {
        return reservation.seats().stream().map(Reservation.HeldSeat::seatId).collect(Collectors.toUnmodifiableSet());
    }
}
