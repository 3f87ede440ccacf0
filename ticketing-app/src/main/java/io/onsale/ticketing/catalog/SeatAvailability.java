package io.onsale.ticketing.catalog;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import reactor.core.publisher.Mono;

/** Who sells tells here what is taken, so that the catalogue can show it. Implemented by the reservations module. */
public interface SeatAvailability {

    /** Seats and standing places held or sold now. Nothing is taken in a performance nobody knows. */
    Mono<Taken> taken(String performanceId);

    /** How many are taken in each performance; a missing entry means none. One round trip however many are asked. */
    Mono<Map<String, Counts>> counts(Collection<String> performanceIds);

    /**
     * Ids as in {@link Seating}.
     *
     * @param version rises when anything changed, as shown by the seat map
     */
    record Taken(long version, Set<String> held, Set<String> sold) {}

    /** Number of seats and standing places held, and sold. */
    record Counts(int held, int sold) {

        /** Nothing taken. */
        public static final Counts NONE = new Counts(0, 0);
    }
}
