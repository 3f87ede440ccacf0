package io.onsale.ticketing.catalog.model;

import java.util.Optional;

/**
 * The parts of a seat's id, {@code section-row-number}: positions in the layout from 1, and the number on the seat. Row 0 means a
 * standing place.
 */
record SeatId(int section, int row, int number) {
    private static final int MAX_LENGTH = 24;
    private static final int MAX_PART = 1_000_000;

    /** Reads the one spelling an id has; empty for anything else. */
    static Optional<SeatId> parse(String id) {
        if (id.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        int[] parts = new int[3];
        int part = 0;
        int digits = 0;
        for (int i = 0; i < id.length(); i++) {
            char c = id.charAt(i);
            if (c == '-' && digits > 0 && part < 2) {
                part++;
                digits = 0;
            } else if (c >= '0' && c <= '9' && !(digits > 0 && parts[part] == 0) && parts[part] < MAX_PART) {
                parts[part] = parts[part] * 10 + (c - '0');
                digits++;
            } else {
                return Optional.empty();
            }
        }
        return part == 2 && digits > 0 ? Optional.of(new SeatId(parts[0], parts[1], parts[2])) : Optional.empty();
    }

    @Override
    public String toString() {
        return section + "-" + row + "-" + number;
    }
}
