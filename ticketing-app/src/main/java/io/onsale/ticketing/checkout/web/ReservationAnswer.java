package io.onsale.ticketing.checkout.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.onsale.ticketing.reservations.Reservation;
import io.onsale.ticketing.tickets.Ticket;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A reservation on the wire.
 *
 * @param expiresAt while it is a hold
 * @param paymentToken while it can be paid
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ReservationAnswer(
        String reservationId,
        Reservation.Status status,
        String eventId,
        String performanceId,
        List<Reservation.HeldSeat> seats,
        long amount,
        Instant createdAt,
        @Nullable Instant expiresAt,
        @Nullable Instant confirmedAt,
        @Nullable String paymentId,
        @Nullable String paymentToken,
        List<String> ticketIds,
        List<TicketLine> tickets) {

    /** A ticket in short; its QR is at {@code /tickets/{id}/qr}. */
    record TicketLine(String id, String number, String seatId, Ticket.Status status) {}

    static ReservationAnswer of(Reservation reservation, List<Ticket> tickets, String paymentToken) {
        boolean held =
                reservation.status() == Reservation.Status.PENDING || reservation.status() == Reservation.Status.PAYING;
        // They were read after the reservation, which may have been confirmed in between: one answer is of one moment.
        List<Ticket> issued = reservation.confirmedAt() == null ? List.of() : tickets;
        List<TicketLine> lines = issued.stream()
                .map(ticket -> new TicketLine(
                        ticket.id(), ticket.number(), ticket.seat().id(), ticket.status()))
                .toList();
        return new ReservationAnswer(
                reservation.id(),
                reservation.status(),
                reservation.eventId(),
                reservation.performanceId(),
                reservation.seats(),
                reservation.amount(),
                reservation.createdAt(),
                held ? reservation.expiresAt() : null,
                reservation.confirmedAt(),
                reservation.paymentId(),
                paymentToken.isEmpty() ? null : paymentToken,
                lines.stream().map(TicketLine::id).toList(),
                lines);
    }
}
