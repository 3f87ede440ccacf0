package io.onsale.ticketing.tickets;

import java.util.List;

/** Published on {@code ticket.events}: these tickets open no gate any more. */
public record TicketsVoided(
        String reservationId, String eventId, String performanceId, String userId, List<String> ticketIds) {}
