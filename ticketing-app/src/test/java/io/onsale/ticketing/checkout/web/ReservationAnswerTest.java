package io.onsale.ticketing.checkout.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.onsale.ticketing.reservations.Reservation;
import io.onsale.ticketing.tickets.Ticket;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReservationAnswerTest {

    private static final Instant NOON = Instant.parse("2026-11-01T03:00:00Z");
    private static final Ticket TICKET = new Ticket(
            "t",
            "N-1",
            "r",
            "e",
            "u",
            new Ticket.Performance("p", "First Night", "Olympic Hall", "Main", NOON),
            new Ticket.Seat("1-1-1", "A", "1", "1", "R"),
            Ticket.Status.VALID,
            NOON,
            null);

    private static Reservation reservation(Reservation.Status status, @Nullable Instant confirmedAt) {
        return new Reservation("r", "e", "p", "u", status, List.of(), 0, NOON, NOON, confirmedAt, null, 1);
    }

    @Test
    void ticketsThatCameAfterTheReservationWasReadAreNotToldYet() {
        List<Ticket> tickets = List.of(TICKET);
        assertThat(ReservationAnswer.of(reservation(Reservation.Status.PAYING, null), tickets, "")
                        .ticketIds())
                .isEmpty();
        assertThat(ReservationAnswer.of(reservation(Reservation.Status.CONFIRMED, NOON), tickets, "")
                        .ticketIds())
                .containsExactly("t");
        assertThat(ReservationAnswer.of(reservation(Reservation.Status.CANCELLED, NOON), tickets, "")
                        .tickets())
                .hasSize(1);
    }
}
