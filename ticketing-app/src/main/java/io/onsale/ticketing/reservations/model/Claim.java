package io.onsale.ticketing.reservations.model;

/**
 * A seat claimed by a reservation.
 *
 * @param fence rises with every claim of this seat, whoever makes it
 * @param amount whole won
 */
public record Claim(String seatId, long fence, String grade, long amount) {}
