package io.onsale.ticketing.catalog.model;

import java.util.List;

/**
 * How a hall's seats are arranged, as stored and as imported: sections with rows of numbered seats, or standing areas with a
 * capacity. Valid by construction of {@link LayoutRules}.
 */
public record Layout(List<Section> sections) {
    /** Most seats and standing places of one hall. */
    public static final int MAX_SEATS = 200_000;

    public Layout {
        sections = List.copyOf(sections);
    }

    /**
     * A block of rows, or a standing area.
     *
     * @param capacity of a standing area; 0 for a section with rows
     */
    public record Section(String name, String grade, int capacity, List<Row> rows) {
        public Section {
            rows = List.copyOf(rows);
        }

        /** Whether people stand here. */
        public boolean standing() {
            return capacity > 0;
        }

        int size() {
            return standing() ? capacity : rows.stream().mapToInt(Row::size).sum();
        }
    }

    /**
     * A row of seats: either {@code seats} of them numbered from 1 and evenly spaced, or the {@code places} given one by one.
     *
     * @param accessible numbers of wheelchair places among evenly spaced seats
     * @param restrictedView numbers of seats that do not see all of the stage, among evenly spaced seats
     */
    public record Row(
            String row, int seats, List<Place> places, List<Integer> accessible, List<Integer> restrictedView) {
        public Row {
            places = List.copyOf(places);
            accessible = List.copyOf(accessible);
            restrictedView = List.copyOf(restrictedView);
        }

        /** Seats in this row. */
        public int size() {
            return places.isEmpty() ? seats : places.size();
        }
    }

    /** One seat with its place in the drawing of the hall. Numbers rise within a row. */
    public record Place(int number, double x, double y, boolean accessible, boolean restrictedView) {}

    /** Every seat and standing place. */
    public int size() {
        return sections.stream().mapToInt(Section::size).sum();
    }

    /** Distinct grades in order. */
    public List<String> grades() {
        return sections.stream().map(Section::grade).distinct().toList();
    }
}
