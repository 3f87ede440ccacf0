package io.onsale.ticketing.catalog.model;

import io.onsale.platform.problem.FieldProblem;
import io.onsale.ticketing.catalog.model.Layout.Place;
import io.onsale.ticketing.catalog.model.Layout.Row;
import io.onsale.ticketing.catalog.model.Layout.Section;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a layout must fulfil beyond the form of its fields. */
public final class LayoutRules {

    private LayoutRules() {}

    /** All that is wrong with the layout, by path; empty when it is good. */
    public static List<FieldProblem> check(Layout layout) {
        List<FieldProblem> problems = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (int i = 0; i < layout.sections().size(); i++) {
            Section section = layout.sections().get(i);
            String path = "sections[" + i + "]";
            if (!names.add(section.name())) {
                problems.add(FieldProblem.of(path + ".name", "Duplicate"));
            }
            if (section.standing() == !section.rows().isEmpty()) {
                problems.add(FieldProblem.of(path, "RowsOrCapacity"));
            }
            checkRows(section, path, problems);
        }
        if (sizeOf(layout) > Layout.MAX_SEATS) {
            problems.add(new FieldProblem("sections", "TooManySeats", Map.of("max", Layout.MAX_SEATS)));
        }
        return problems;
    }

    private static void checkRows(Section section, String sectionPath, List<FieldProblem> problems) {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < section.rows().size(); i++) {
            Row row = section.rows().get(i);
            String path = sectionPath + ".rows[" + i + "]";
            if (!names.add(row.row())) {
                problems.add(FieldProblem.of(path + ".row", "Duplicate"));
            }
            if (row.seats() > 0 == !row.places().isEmpty()) {
                problems.add(FieldProblem.of(path, "SeatsOrPlaces"));
            }
            checkNumbers(row, path, problems);
        }
    }

    private static void checkNumbers(Row row, String path, List<FieldProblem> problems) {
        int last = 0;
        for (int i = 0; i < row.places().size(); i++) {
            Place place = row.places().get(i);
            if (place.number() <= last) {
                problems.add(FieldProblem.of(path + ".places[" + i + "].number", "Rising"));
            }
            last = place.number();
        }
        for (int number : row.accessible()) {
            if (number > row.seats()) {
                problems.add(FieldProblem.of(path + ".accessible", "NoSuchSeat"));
            }
        }
        for (int number : row.restrictedView()) {
            if (number > row.seats()) {
                problems.add(FieldProblem.of(path + ".restrictedView", "NoSuchSeat"));
            }
        }
    }

    private static long sizeOf(Layout layout) {
        return layout.sections().stream()
                .mapToLong(section -> (long) section.capacity()
                        + section.rows().stream().mapToLong(Row::size).sum())
                .sum();
    }
}
