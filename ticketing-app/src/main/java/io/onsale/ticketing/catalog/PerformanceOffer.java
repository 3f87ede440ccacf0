package io.onsale.ticketing.catalog;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One performance as it is sold: immutable and compact, since its seats come from a {@link Seating} that all performances in one
 * hall share.
 *
 * @param version rises with every change of the event, so a reader keeps the newest
 * @param maxSeatsPerBuyer for one buyer over all performances of the event
 * @param passRequired whether the event has a waiting room, so that a hold needs its pass
 * @param closed draft or cancelled: nothing is sold, whatever the window says
 * @param amounts price in whole won by grade; 0 is free of charge
 * @param blocked seat ids kept from sale
 */
public record PerformanceOffer(
        String performanceId,
        String eventId,
        String sellerId,
        long version,
        String title,
        String artist,
        String venue,
        String hall,
        Instant startsAt,
        Instant saleOpensAt,
        Instant saleClosesAt,
        int maxSeatsPerBuyer,
        boolean passRequired,
        boolean closed,
        Map<String, Long> amounts,
        Set<String> blocked,
        Seating seating) {

    public PerformanceOffer {
        amounts = Map.copyOf(amounts);
        blocked = Set.copyOf(blocked);
    }

    /** The seat or standing place with this id, blocked or not; empty when the hall has none such. */
    public Optional<SeatOffer> seat(String seatId) {
        return seating.seat(seatId).map(seat -> new SeatOffer(seat, amount(seat.grade())));
    }

    /** The standing area with this id or name. */
    public Optional<AreaOffer> area(String idOrName) {
        return seating.area(idOrName).map(area -> new AreaOffer(area, amount(area.grade())));
    }

    /** Rows of numbered seats of a grade, best first; ids of blocked seats are among them. Empty for an unknown grade. */
    public List<Seating.SeatRow> rows(String grade) {
        return seating.rows(grade);
    }

    /** Every seat and standing place, sellable or blocked. */
    public int total() {
        return seating.total();
    }

    private long amount(String grade) {
        Long amount = amounts.get(grade);
        if (amount == null) {
            throw new IllegalStateException("no price for grade " + grade + " in event " + eventId);
        }
        return amount;
    }

    /**
     * A seat with its price.
     *
     * @param amount whole won
     */
    public record SeatOffer(Seating.Seat seat, long amount) {

        /** As in claims, tickets and the API. */
        public String id() {
            return seat.id();
        }
    }

    /**
     * A standing area with its price.
     *
     * @param amount whole won for one place
     */
    public record AreaOffer(Seating.Area area, long amount) {}
}
