package io.onsale.loadtest.demo;

import java.time.Instant;
import java.util.List;

/** The event that is on sale. Seats are in the order of the hall, best first. */
public record Stage(String eventId, String performanceId, Instant opensAt, List<String> seatIds) {}
