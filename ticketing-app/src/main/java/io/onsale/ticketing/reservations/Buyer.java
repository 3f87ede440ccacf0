package io.onsale.ticketing.reservations;

import java.time.Instant;

/**
 * Who has confirmed reservations of an event.
 *
 * @param seats in all of them
 * @param amount whole won, of those seats
 * @param since when the first was confirmed
 */
public record Buyer(String userId, long reservations, long seats, long amount, Instant since) {}
