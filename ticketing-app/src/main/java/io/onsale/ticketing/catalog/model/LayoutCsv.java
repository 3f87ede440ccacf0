package io.onsale.ticketing.catalog.model;

import io.onsale.platform.problem.FieldProblem;
import io.onsale.ticketing.catalog.model.Layout.Place;
import io.onsale.ticketing.catalog.model.Layout.Row;
import io.onsale.ticketing.catalog.model.Layout.Section;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads a layout from CSV (RFC 4180): {@code section,grade,row,number,x,y,accessible,restrictedView}, one seat a line; {@code number}
 * may be a range such as {@code 1-40}, its seats one unit apart from {@code x}. A line without a row is a standing area, its number
 * the capacity. Errors are told by line.
 */
public final class LayoutCsv {
    private static final List<String> HEADER =
            List.of("section", "grade", "row", "number", "x", "y", "accessible", "restrictedview");
    private static final int NEEDED_COLUMNS = 4;
    private static final int MAX_ERRORS = 50;
    private static final int MAX_NUMBER = 100_000;

    private final Map<String, Block> blocks = new LinkedHashMap<>();
    private final List<FieldProblem> errors = new ArrayList<>();
    private int seats;

    private LayoutCsv() {}

    /** The layout, or what is wrong with it. */
    public static Parsed parse(String text) {
        LayoutCsv csv = new LayoutCsv();
        String[] lines = text.replace("\uFEFF", "").split("\r?\n", -1);
        if (!isHeader(cells(lines[0].toLowerCase(Locale.ROOT)))) {
            return new Parsed(new Layout(List.of()), List.of(FieldProblem.of("line 1", "CsvHeader")));
        }
        for (int i = 1; i < lines.length && csv.errors.size() < MAX_ERRORS; i++) {
            if (!lines[i].isBlank()) {
                csv.line(i + 1, cells(lines[i]));
            }
        }
        Layout layout = csv.layout();
        if (csv.errors.isEmpty()) {
            csv.errors.addAll(
                    layout.sections().isEmpty()
                            ? List.of(FieldProblem.of("line 1", "NotEmpty"))
                            : LayoutRules.check(layout));
        }
        return new Parsed(layout, List.copyOf(csv.errors));
    }

    private void line(int line, List<String> cells) {
        if (cells.size() < NEEDED_COLUMNS || cells.size() > HEADER.size()) {
            error(line, "CsvColumns");
            return;
        }
        String section = cells.get(0);
        String grade = cells.get(1);
        String row = cells.get(2);
        if (isBad(section, 60) || isBad(grade, 30) || (!row.isEmpty() && isBad(row, 20))) {
            error(line, "CsvName");
            return;
        }
        Block block = blocks.computeIfAbsent(section, name -> new Block(grade));
        if (!block.grade.equals(grade)) {
            error(line, "CsvOneGrade");
            return;
        }
        int[] range = range(cells.get(3));
        if (range.length == 0) {
            error(line, "CsvNumber");
        } else if (row.isEmpty()) {
            block.capacity += range[1];
            count(line, range[1]);
        } else {
            places(line, block.rows.computeIfAbsent(row, name -> new TreeMap<>()), range, cells);
        }
    }

    private void places(int line, Map<Integer, Place> row, int[] range, List<String> cells) {
        Double x = decimal(cell(cells, 4), range[0]);
        Double y = decimal(cell(cells, 5), 0);
        Boolean accessible = flag(cell(cells, 6));
        Boolean restricted = flag(cell(cells, 7));
        if (x == null || y == null || accessible == null || restricted == null) {
            error(line, "CsvValue");
            return;
        }
        count(line, range[1] - range[0] + 1);
        for (int number = range[0]; number <= range[1] && seats <= Layout.MAX_SEATS; number++) {
            Place place = new Place(number, x + number - range[0], y, accessible, restricted);
            if (row.putIfAbsent(number, place) != null) {
                error(line, "Duplicate");
                return;
            }
        }
    }

    private void count(int line, int more) {
        seats += more;
        if (seats > Layout.MAX_SEATS) {
            errors.add(new FieldProblem("line " + line, "TooManySeats", Map.of("max", Layout.MAX_SEATS)));
        }
    }

    private void error(int line, String rule) {
        errors.add(FieldProblem.of("line " + line, rule));
    }

    private Layout layout() {
        List<Section> sections = new ArrayList<>();
        blocks.forEach((name, block) -> sections.add(new Section(name, block.grade, block.capacity, block.toRows())));
        return new Layout(sections);
    }

    private static boolean isHeader(List<String> cells) {
        return cells.size() >= NEEDED_COLUMNS
                && cells.size() <= HEADER.size()
                && cells.equals(HEADER.subList(0, cells.size()));
    }

    private static boolean isBad(String name, int max) {
        return name.isBlank() || name.length() > max || name.chars().anyMatch(Character::isISOControl);
    }

    private static String cell(List<String> cells, int index) {
        return index < cells.size() ? cells.get(index) : "";
    }

    private static int[] range(String text) {
        if (!text.matches("[0-9]{1,6}(-[0-9]{1,6})?")) {
            return new int[0];
        }
        String[] ends = text.split("-", -1);
        int first = Integer.parseInt(ends[0]);
        int last = Integer.parseInt(ends[ends.length - 1]);
        boolean good = first >= 1 && last >= first && last <= MAX_NUMBER;
        return good ? new int[] {first, last} : new int[0];
    }

    private static @Nullable Double decimal(String text, double fallback) {
        if (text.isEmpty()) {
            return fallback;
        }
        return text.matches("-?[0-9]{1,6}(\\.[0-9]{1,4})?") ? Double.valueOf(text) : null;
    }

    private static @Nullable Boolean flag(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "", "false", "no", "0", "n" -> Boolean.FALSE;
            case "true", "yes", "1", "y" -> Boolean.TRUE;
            default -> null;
        };
    }

    /** Cells of a line; quoted ones may hold commas and doubled quotes. */
    private static List<String> cells(String line) {
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"' && quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
                cell.append('"');
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                cells.add(cell.toString().strip());
                cell.setLength(0);
            } else {
                cell.append(c);
            }
        }
        cells.add(cell.toString().strip());
        return cells;
    }

    /**
     * What was read.
     *
     * @param errors empty when the layout is good
     */
    public record Parsed(Layout layout, List<FieldProblem> errors) {}

    private static final class Block {
        private final String grade;
        private final Map<String, SortedMap<Integer, Place>> rows = new LinkedHashMap<>();
        private int capacity;

        Block(String grade) {
            this.grade = grade;
        }

        List<Row> toRows() {
            return rows.entrySet().stream()
                    .map(row ->
                            new Row(row.getKey(), 0, List.copyOf(row.getValue().values()), List.of(), List.of()))
                    .toList();
        }
    }
}
