package io.onsale.ticketing.checkout;

import io.onsale.platform.problem.Problem;
import io.onsale.platform.problem.ProblemException;
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
import java.util.Set;
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
    private static final String PART_OF_IT = "PART_OF_IT";
    private static final int AT_ONCE = 20;
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final Reservations reservations;
    private final Payments payments;
    private final Tickets tickets;
    private final ReturnRows rows;
    private final SettlingReturns settling;
    private final TransactionalOperator transaction;
    private final Clock clock;

    Returning(
            Reservations reservations,
            Payments payments,
            Tickets tickets,
            ReturnRows rows,
            SettlingReturns settling,
            TransactionalOperator transaction,
            Clock clock) {
        this.reservations = reservations;
        this.payments = payments;
        this.tickets = tickets;
        this.rows = rows;
        this.settling = settling;
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
                .concatMapDelayError(this::settleByItself)
                .then();
    }

    private Mono<Void> settleByItself(Returned returned) {
        return reservations
                .lock(returned.reservationId())
                .zipWhen(reservation -> payments.find(returned.paymentId()))
                .flatMap(known -> follow(returned, known.getT2(), known.getT1()))
                .as(transaction::transactional)
                .onErrorResume(ProblemException.class, refusal -> wait(returned, refusal))
                .checkpoint("settle returned money");
    }

    private Mono<Void> follow(Returned returned, PaymentView payment, Reservation reservation) {
        if (!payment.paymentId().equals(reservation.paymentId())) {
            return settling.settle(
                    returned, Set.of(), returned.amount(), SettlingReturns.BY_ITSELF, "it had bought nothing");
        }
        return switch (reservation.status()) {
            case CONFIRMED ->
                payment.captured() == payment.refunded()
                        ? settling.giveUp(returned, reservation, reservation.seatIds(), SettlingReturns.BY_ITSELF, null)
                        : ask(returned, PART_OF_IT);
            case CANCELLING ->
                settling.giveUp(
                        returned,
                        reservation,
                        reservation.seatIds(),
                        SettlingReturns.BY_ITSELF,
                        "a part of its refund");
            case CANCELLED -> settling.settle(returned, Set.of(), 0, SettlingReturns.BY_ITSELF, "beyond its refund");
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
        return rows.findOpen(refundId)
                .switchIfEmpty(Mono.error(SettlingReturns::settledBefore))
                .flatMap(returned -> reservations
                        .lock(returned.reservationId())
                        .zipWhen(reservation -> seatsOf(reservation.id(), ticketIds))
                        .flatMap(known -> settling.giveUp(returned, known.getT1(), known.getT2(), by, note))
                        .then(Mono.defer(() -> reservations.find(returned.reservationId()))))
                .as(transaction::transactional)
                .checkpoint("decide on returned money");
    }

    private Mono<Set<String>> seatsOf(String reservationId, Set<String> ticketIds) {
        return tickets.seatsOf(reservationId, ticketIds)
                .switchIfEmpty(Mono.error(() ->
                        Problem.of(CheckoutProblem.TICKETS_NOT_OF_RESERVATION).asException()));
    }
}
