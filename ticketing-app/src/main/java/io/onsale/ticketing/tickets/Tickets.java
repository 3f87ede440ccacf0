package io.onsale.ticketing.tickets;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What the checkout tells the tickets. Methods that change something join the caller's transaction. */
public interface Tickets {

    /** Topic of {@link TicketsIssued}, {@link TicketsVoided} and {@link TicketUsed}; key is the reservation's id. */
    String TOPIC = "ticket.events";

    /** Who gets tickets for what. */
    record IssueOrder(
            String reservationId,
            String eventId,
            String userId,
            Ticket.Performance performance,
            List<Ticket.Seat> seats) {}

    /** Issues one ticket per seat; seats of this reservation that have one keep it. */
    Mono<Void> issue(IssueOrder order);

    /**
     * Voids the tickets of these seats, all or none, and keeps all of the reservation's tickets locked until the transaction ends.
     *
     * @return fails with a problem when one of them is not issued yet, was used, or is void
     */
    Mono<Void> voidSeats(String reservationId, Collection<String> seatIds);

    /** All of a reservation, whatever their status. */
    Flux<Ticket> ofReservation(String reservationId);

    /** The seats of these tickets; empty when one of them is not of this reservation. */
    Mono<Set<String>> seatsOf(String reservationId, Set<String> ticketIds);

    /** All of these reservations in one round trip. */
    Flux<Ticket> ofReservations(Collection<String> reservationIds);
}
