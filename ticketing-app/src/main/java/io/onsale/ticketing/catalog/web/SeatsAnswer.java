package io.onsale.ticketing.catalog.web;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The form of a seat map, for the API's description: the map itself is written by hand, see {@code SeatMap}. */
record SeatsAnswer(String performanceId, long version, List<Grade> grades) {

    record Grade(String grade, long amount, int total, int available, List<Place> seats, List<Standing> areas) {}

    /** A seat; what makes it special is left out where it is not. */
    record Place(
            String id,
            String section,
            String row,
            int number,
            double x,
            double y,
            @Nullable Boolean accessible,
            @Nullable Boolean restrictedView,
            Status status) {}

    /** A standing area: its places are counted, not listed. */
    record Standing(String id, String name, int total, int available) {}

    enum Status {
        AVAILABLE,
        HELD,
        SOLD,
        BLOCKED
    }
}
