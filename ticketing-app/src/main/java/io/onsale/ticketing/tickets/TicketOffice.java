package io.onsale.ticketing.tickets;

import io.onsale.platform.Ids;
import io.onsale.platform.outbox.DomainEvent;
import io.onsale.platform.outbox.Outbox;
import io.onsale.platform.problem.Problem;
import io.onsale.ticketing.tickets.TicketsIssued.Issued;
import io.onsale.ticketing.tickets.model.TicketNumber;
import io.onsale.ticketing.tickets.postgres.TicketRows;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Issues and voids tickets. */
@Service
class TicketOffice implements Tickets {

    private final TicketRows rows;
    private final Outbox outbox;
    private final Clock clock;

    TicketOffice(TicketRows rows, Outbox outbox, Clock clock) {
        this.rows = rows;
        this.outbox = outbox;
        this.clock = clock;
    }

    @Override
    public Mono<Void> issue(IssueOrder order) {
        return rows.lockOfReservation(order.reservationId())
                .map(ticket -> ticket.seat().id())
                .collect(Collectors.toSet())
                .map(issued -> missing(order, issued))
                .filter(missing -> !missing.isEmpty())
                .flatMap(missing -> rows.insert(missing).then(announceIssued(order, missing)))
                .checkpoint("issue tickets");
    }

    private List<Ticket> missing(IssueOrder order, Set<String> issuedSeats) {
        Instant now = clock.instant();
        return order.seats().stream()
                .filter(seat -> !issuedSeats.contains(seat.id()))
                .map(seat -> new Ticket(
                        Ids.next(),
                        TicketNumber.random(ThreadLocalRandom.current()),
                        order.reservationId(),
                        order.eventId(),
                        order.userId(),
                        order.performance(),
                        seat,
                        Ticket.Status.VALID,
                        now,
                        null))
                .toList();
    }

    private Mono<Void> announceIssued(IssueOrder order, List<Ticket> tickets) {
        List<Issued> issued = tickets.stream()
                .map(ticket ->
                        new Issued(ticket.id(), ticket.number(), ticket.seat().id()))
                .toList();
        return publish(
                order.reservationId(),
                1,
                new TicketsIssued(
                        order.reservationId(),
                        order.eventId(),
                        order.performance().id(),
                        order.userId(),
                        issued));
    }

    @Override
    public Mono<Void> voidSeats(String reservationId, Collection<String> seatIds) {
        Set<String> seats = Set.copyOf(seatIds);
        return rows.lockOfReservation(reservationId)
                .filter(ticket -> seats.contains(ticket.seat().id()))
                .collectList()
                .doOnNext(found -> requireAllValid(found, seats))
                .filter(found -> !found.isEmpty())
                .flatMap(this::voidThese)
                .checkpoint("void tickets");
    }

    private static void requireAllValid(List<Ticket> found, Set<String> seats) {
        if (found.size() < seats.size()) {
            throw Problem.of(TicketsProblem.TICKETS_PENDING).asException();
        }
        for (Ticket ticket : found) {
            if (ticket.status() != Ticket.Status.VALID) {
                boolean used = ticket.status() == Ticket.Status.USED;
                throw Problem.of(used ? TicketsProblem.TICKET_USED : TicketsProblem.TICKET_VOID)
                        .with("ticketId", ticket.id())
                        .asException();
            }
        }
    }

    private Mono<Void> voidThese(List<Ticket> tickets) {
        List<String> ids = tickets.stream().map(Ticket::id).toList();
        Ticket any = tickets.get(0);
        return rows.refunded(ids)
                .then(publish(
                        any.reservationId(),
                        2,
                        new TicketsVoided(
                                any.reservationId(),
                                any.eventId(),
                                any.performance().id(),
                                any.userId(),
                                ids)));
    }

    private Mono<Void> publish(String reservationId, long version, Object event) {
        return outbox.append(DomainEvent.of(TOPIC, reservationId, version, event));
    }

    @Override
    public Flux<Ticket> ofReservation(String reservationId) {
        return rows.ofReservations(List.of(reservationId));
    }

    @Override
    public Mono<Set<String>> seatsOf(String reservationId, Set<String> ticketIds) {
        return ofReservation(reservationId)
                .filter(ticket -> ticketIds.contains(ticket.id()))
                .map(ticket -> ticket.seat().id())
                .collect(Collectors.toSet())
                .filter(seatIds -> seatIds.size() == ticketIds.size());
    }

    @Override
    public Flux<Ticket> ofReservations(Collection<String> reservationIds) {
        return reservationIds.isEmpty() ? Flux.empty() : rows.ofReservations(reservationIds);
    }
}
