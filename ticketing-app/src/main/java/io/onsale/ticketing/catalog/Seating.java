package io.onsale.ticketing.catalog;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The seats of a hall's layout. Immutable: a changed hall gets a new layout, performances keep theirs.
 *
 * <p>Ids are {@code section-row-number} by position in the layout ({@code 2-14-7}); a standing place is {@code section-0-n}. So an
 * id is short, the same in every performance, and found without an index.
 */
public interface Seating {

    /** Every seat and standing place. */
    int total();

    /** Distinct grades in the order of the layout. */
    List<String> grades();

    /** Seats and standing places of one grade. */
    int total(String grade);

    /** The seat or standing place with this id; empty for anything that is not an id of this layout. */
    Optional<Seat> seat(String seatId);

    /** The standing area with this id or name. */
    Optional<Area> area(String idOrName);

    /** All standing areas. */
    List<Area> areas();

    /** Rows of numbered seats of a grade, best first: sections and rows in the order of the layout. */
    List<SeatRow> rows(String grade);

    /** All seats, then places of each area, in the order of the layout. */
    Stream<Seat> seats();

    /**
     * A seat, or one place in a standing area.
     *
     * @param row its name; empty for a standing place
     * @param number printed on the seat or, for a standing place, the order of entry
     * @param areaId the standing area it is a place of; empty for a seat
     */
    record Seat(
            String id,
            String section,
            String grade,
            String row,
            int number,
            double x,
            double y,
            boolean accessible,
            boolean restrictedView,
            String areaId) {}

    /** A standing area: {@code capacity} places with ids from {@code place(1)} to {@code place(capacity)}. */
    record Area(String id, String name, String grade, int capacity) {

        /** Id of the n-th place, from 1. */
        public String place(int number) {
            if (number < 1 || number > capacity) {
                throw new IllegalArgumentException("no place " + number + " in area " + name);
            }
            return id + "-0-" + number;
        }
    }

    /** Seat ids of one row as people sit: neighbours in the list are neighbours in the hall unless a number is missing. */
    record SeatRow(String section, String row, List<String> seatIds) {}
}
