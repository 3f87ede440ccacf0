package io.onsale.ticketing.tickets;

import io.onsale.platform.outbox.DomainEvent;
import io.onsale.platform.outbox.Outbox;
import io.onsale.platform.problem.Problem;
import io.onsale.platform.problem.ProblemException;
import io.onsale.ticketing.tickets.model.TicketCode;
import io.onsale.ticketing.tickets.model.TicketNumber;
import io.onsale.ticketing.tickets.postgres.TicketRows;
import java.time.Clock;
import java.util.Objects;
import org.springframework.stereotype.Service;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;

/** Lets a ticket in, once, whichever gate is first. */
@Service
public class CheckIn {

    private final TicketRows rows;
    private final TicketCode codes;
    private final Outbox outbox;
    private final TransactionalOperator transaction;
    private final Clock clock;

    CheckIn(TicketRows rows, TicketCode codes, Outbox outbox, TransactionalOperator transaction, Clock clock) {
        this.rows = rows;
        this.codes = codes;
        this.outbox = outbox;
        this.transaction = transaction;
        this.clock = clock;
    }

    /**
     * @param code what the QR says, or the number read aloud
     * @return the ticket, used now; fails with a problem for a forged code, a void ticket or one used before
     */
    public Mono<Ticket> use(String code, String staffId) {
        return meant(code)
                .flatMap(ticket -> rows.use(ticket.id(), staffId, clock.instant())
                        .flatMap(used -> announce(used).thenReturn(used))
                        .switchIfEmpty(Mono.defer(() -> rows.find(ticket.id()).flatMap(CheckIn::refuse))))
                .as(transaction::transactional)
                .checkpoint("check in");
    }

    private Mono<Ticket> meant(String code) {
        Mono<Ticket> found = codes.read(code)
                .map(rows::find)
                .or(() -> TicketNumber.parse(code).map(rows::findByNumber))
                .orElse(Mono.empty());
        return found.switchIfEmpty(
                Mono.error(() -> Problem.of(TicketsProblem.TICKET_CODE_INVALID).asException()));
    }

    private Mono<Void> announce(Ticket ticket) {
        return outbox.append(DomainEvent.of(
                Tickets.TOPIC,
                ticket.reservationId(),
                3,
                new TicketUsed(
                        ticket.reservationId(),
                        ticket.eventId(),
                        ticket.performance().id(),
                        ticket.userId(),
                        ticket.id(),
                        Objects.requireNonNull(ticket.usedAt()))));
    }

    private static Mono<Ticket> refuse(Ticket ticket) {
        ProblemException refusal = ticket.status() == Ticket.Status.USED
                ? Problem.of(TicketsProblem.ALREADY_USED)
                        .with("usedAt", Objects.requireNonNull(ticket.usedAt()))
                        .asException()
                : Problem.of(TicketsProblem.TICKET_VOID).asException();
        return Mono.error(refusal);
    }
}
