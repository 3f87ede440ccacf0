package io.onsale.ticketing.tickets;

import java.time.Instant;

/** Published on {@code ticket.events}: somebody went in with it. */
public record TicketUsed(
        String reservationId, String eventId, String performanceId, String userId, String ticketId, Instant usedAt) {}
