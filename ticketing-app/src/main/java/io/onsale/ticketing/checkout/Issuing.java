package io.onsale.ticketing.checkout;

import io.onsale.ticketing.catalog.Offers;
import io.onsale.ticketing.catalog.PerformanceOffer;
import io.onsale.ticketing.catalog.Seating;
import io.onsale.ticketing.checkout.CheckoutSaga.ReservationConfirmed;
import io.onsale.ticketing.reservations.Reservation;
import io.onsale.ticketing.reservations.Reservations;
import io.onsale.ticketing.tickets.Ticket;
import io.onsale.ticketing.tickets.Tickets;
import io.onsale.ticketing.tickets.Tickets.IssueOrder;
import java.util.List;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** A confirmed reservation gets its tickets, printed with what the catalogue says now. */
@Component
class Issuing {

    private final Reservations reservations;
    private final Offers offers;
    private final Tickets tickets;
    private final MassRefunds massRefunds;

    Issuing(Reservations reservations, Offers offers, Tickets tickets, MassRefunds massRefunds) {
        this.reservations = reservations;
        this.offers = offers;
        this.tickets = tickets;
        this.massRefunds = massRefunds;
    }

    Mono<Void> confirmed(ReservationConfirmed event) {
        return reservations
                .find(event.reservationId())
                .switchIfEmpty(missing("reservation " + event.reservationId()))
                .flatMap(this::issue);
    }

    /** A booking that was paid while its event was being cancelled goes back with the others. */
    private Mono<Void> issue(Reservation reservation) {
        return offers.offer(reservation.performanceId())
                .switchIfEmpty(missing("performance " + reservation.performanceId()))
                .flatMap(offer -> tickets.issue(order(reservation, offer)))
                .then(massRefunds.alsoBookedLate(reservation.eventId()));
    }

    private static IssueOrder order(Reservation reservation, PerformanceOffer offer) {
        List<Ticket.Seat> seats = reservation.seats().stream()
                .map(seat -> offer.seat(seat.seatId())
                        .map(found -> printed(found.seat()))
                        .orElseThrow(() -> new IllegalStateException("the hall has no seat " + seat.seatId())))
                .toList();
        var performance = new Ticket.Performance(
                offer.performanceId(), offer.title(), offer.venue(), offer.hall(), offer.startsAt());
        return new IssueOrder(reservation.id(), reservation.eventId(), reservation.userId(), performance, seats);
    }

    private static Ticket.Seat printed(Seating.Seat seat) {
        return new Ticket.Seat(seat.id(), seat.section(), seat.row(), Integer.toString(seat.number()), seat.grade());
    }

    private static <T> Mono<T> missing(String what) {
        return Mono.error(() -> new IllegalStateException("There is no " + what));
    }
}
