package io.onsale.ticketing.reservations.seatmap;

import io.onsale.ticketing.catalog.PerformanceOffer;
import io.onsale.ticketing.catalog.SeatAvailability.Taken;
import java.util.List;
import java.util.Set;

/**
 * Which seats are held and sold.
 *
 * @param version rises with every change: what is older may be dropped
 */
public record SeatMap(String performanceId, long version, Counts counts, List<String> held, List<String> sold) {

    public SeatMap {
        held = List.copyOf(held);
        sold = List.copyOf(sold);
    }

    /** They add up: total = available + held + sold + blocked. */
    public record Counts(int total, int available, int held, int sold, int blocked) {

        static Counts of(PerformanceOffer offer, Taken taken) {
            int held = taken.held().size();
            int sold = taken.sold().size();
            // A seat that was taken before it was blocked counts as taken.
            int blocked = (int) offer.blocked().stream()
                    .filter(id -> !taken.held().contains(id) && !taken.sold().contains(id))
                    .count();
            return new Counts(offer.total(), offer.total() - held - sold - blocked, held, sold, blocked);
        }
    }

    public static SeatMap of(PerformanceOffer offer, Taken taken) {
        return new SeatMap(
                offer.performanceId(),
                taken.version(),
                Counts.of(offer, taken),
                sorted(taken.held()),
                sorted(taken.sold()));
    }

    static List<String> sorted(Set<String> ids) {
        return ids.stream().sorted().toList();
    }
}
