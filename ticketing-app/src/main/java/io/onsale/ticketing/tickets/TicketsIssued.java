package io.onsale.ticketing.tickets;

import java.util.List;

/** Published on {@code ticket.events}: these tickets exist. */
public record TicketsIssued(
        String reservationId, String eventId, String performanceId, String userId, List<Issued> tickets) {

    /** One of them. */
    public record Issued(String ticketId, String number, String seatId) {}
}
