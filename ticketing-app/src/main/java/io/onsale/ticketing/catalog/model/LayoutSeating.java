package io.onsale.ticketing.catalog.model;

import io.onsale.ticketing.catalog.Seating;
import io.onsale.ticketing.catalog.model.Layout.Place;
import io.onsale.ticketing.catalog.model.Layout.Row;
import io.onsale.ticketing.catalog.model.Layout.Section;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Seats computed from a {@link Layout}: an id is read, not looked up, so a hall of any size costs little memory. */
public final class LayoutSeating implements Seating {
    private static final int SECTION_GAP = 2;

    private final List<Block> blocks = new ArrayList<>();
    private final Map<String, Integer> totals = new LinkedHashMap<>();
    private final Map<String, Area> areas = new LinkedHashMap<>();
    private final Map<String, List<SeatRow>> rowsByGrade = new LinkedHashMap<>();
    private final int total;

    public LayoutSeating(Layout layout) {
        int y = 0;
        for (Section section : layout.sections()) {
            Block block = new Block(blocks.size() + 1, section, y);
            blocks.add(block);
            y += section.rows().size() + SECTION_GAP;
            totals.merge(section.grade(), section.size(), Integer::sum);
            if (section.standing()) {
                String id = Integer.toString(block.position());
                areas.put(id, new Area(id, section.name(), section.grade(), section.capacity()));
            } else {
                rowsByGrade
                        .computeIfAbsent(section.grade(), grade -> new ArrayList<>())
                        .addAll(block.rows());
            }
        }
        total = layout.size();
    }

    @Override
    public int total() {
        return total;
    }

    @Override
    public List<String> grades() {
        return List.copyOf(totals.keySet());
    }

    @Override
    public int total(String grade) {
        return totals.getOrDefault(grade, 0);
    }

    @Override
    public Optional<Seat> seat(String seatId) {
        return SeatId.parse(seatId)
                .filter(id -> id.section() >= 1 && id.section() <= blocks.size())
                .flatMap(id -> blocks.get(id.section() - 1).find(id));
    }

    @Override
    public Optional<Area> area(String idOrName) {
        Area byId = areas.get(idOrName);
        return byId != null
                ? Optional.of(byId)
                : areas.values().stream()
                        .filter(area -> area.name().equals(idOrName))
                        .findFirst();
    }

    @Override
    public List<Area> areas() {
        return List.copyOf(areas.values());
    }

    @Override
    public List<SeatRow> rows(String grade) {
        return Collections.unmodifiableList(rowsByGrade.getOrDefault(grade, List.of()));
    }

    @Override
    public Stream<Seat> seats() {
        return Stream.concat(
                blocks.stream().filter(block -> !block.section().standing()).flatMap(Block::seats),
                blocks.stream().filter(block -> block.section().standing()).flatMap(Block::seats));
    }

    /**
     * A section at its place.
     *
     * @param position from 1
     * @param top y of its first row where the layout gives no coordinates
     */
    private record Block(int position, Section section, int top, List<SeatRow> rows, List<Set<Integer>> marks) {

        Block(int position, Section section, int top) {
            this(position, section, top, new ArrayList<>(), new ArrayList<>());
            for (Row row : section.rows()) {
                marks.add(new HashSet<>(row.accessible()));
                marks.add(new HashSet<>(row.restrictedView()));
                int at = rows.size() + 1;
                List<String> ids = numbers(row)
                        .mapToObj(number -> new SeatId(position, at, number).toString())
                        .toList();
                rows.add(new SeatRow(section.name(), row.row(), ids));
            }
        }

        Optional<Seat> find(SeatId id) {
            if (section.standing()) {
                boolean exists = id.row() == 0 && id.number() >= 1 && id.number() <= section.capacity();
                return exists ? Optional.of(standingPlace(id.number())) : Optional.empty();
            }
            if (id.row() < 1 || id.row() > section.rows().size()) {
                return Optional.empty();
            }
            Row row = section.rows().get(id.row() - 1);
            int index = indexOf(row, id.number());
            return index < 0 ? Optional.empty() : Optional.of(seat(id.row(), row, index));
        }

        Stream<Seat> seats() {
            if (section.standing()) {
                return IntStream.rangeClosed(1, section.capacity()).mapToObj(this::standingPlace);
            }
            return IntStream.rangeClosed(1, section.rows().size()).boxed().flatMap(at -> {
                Row row = section.rows().get(at - 1);
                return IntStream.range(0, row.size()).mapToObj(index -> seat(at, row, index));
            });
        }

        private Seat standingPlace(int number) {
            String area = Integer.toString(position);
            String id = new SeatId(position, 0, number).toString();
            return new Seat(id, section.name(), section.grade(), "", number, 0, top, false, false, area);
        }

        private Seat seat(int at, Row row, int index) {
            String id = rows.get(at - 1).seatIds().get(index);
            if (!row.places().isEmpty()) {
                Place place = row.places().get(index);
                return new Seat(
                        id,
                        section.name(),
                        section.grade(),
                        row.row(),
                        place.number(),
                        place.x(),
                        place.y(),
                        place.accessible(),
                        place.restrictedView(),
                        "");
            }
            int number = index + 1;
            return new Seat(
                    id,
                    section.name(),
                    section.grade(),
                    row.row(),
                    number,
                    number - (row.seats() + 1) / 2.0,
                    top + at - 1.0,
                    marks.get(2 * at - 2).contains(number),
                    marks.get(2 * at - 1).contains(number),
                    "");
        }

        private static IntStream numbers(Row row) {
            return row.places().isEmpty()
                    ? IntStream.rangeClosed(1, row.seats())
                    : row.places().stream().mapToInt(Place::number);
        }

        private static int indexOf(Row row, int number) {
            if (row.places().isEmpty()) {
                return number >= 1 && number <= row.seats() ? number - 1 : -1;
            }
            int low = 0;
            int high = row.places().size() - 1;
            while (low <= high) {
                int middle = (low + high) >>> 1;
                int found = row.places().get(middle).number();
                if (found == number) {
                    return middle;
                }
                low = found < number ? middle + 1 : low;
                high = found < number ? high : middle - 1;
            }
            return -1;
        }
    }
}
