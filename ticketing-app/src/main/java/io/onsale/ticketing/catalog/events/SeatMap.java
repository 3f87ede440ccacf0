package io.onsale.ticketing.catalog.events;

import io.onsale.ticketing.catalog.SeatAvailability.Taken;
import io.onsale.ticketing.catalog.Seating;
import io.onsale.ticketing.catalog.Seating.Seat;
import io.onsale.ticketing.catalog.model.Event.Price;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import tools.jackson.core.io.JsonStringEncoder;

/**
 * Writes the seats of a performance as JSON. By hand, because a hall has 60,000 of them and each is the same dozen of characters;
 * places of a standing area are counted, not listed.
 */
final class SeatMap {
    private static final int BYTES_PER_SEAT = 110;

    private final EventView view;
    private final Set<String> blocked;
    private final Taken taken;
    private final StringBuilder out;

    private SeatMap(EventView view, UUID performanceId, Taken taken) {
        this.view = view;
        this.blocked = view.blockedIn(performanceId);
        this.taken = taken;
        this.out = new StringBuilder(BYTES_PER_SEAT * view.seating().total() + 1000);
    }

    static byte[] write(EventView view, UUID performanceId, Taken taken) {
        SeatMap map = new SeatMap(view, performanceId, taken);
        map.write(performanceId);
        return map.out.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void write(UUID performanceId) {
        Map<String, StringBuilder> seatsByGrade =
                view.event().prices().stream().collect(Collectors.toMap(Price::grade, grade -> new StringBuilder()));
        Map<String, Tally> tallies =
                view.event().prices().stream().collect(Collectors.toMap(Price::grade, grade -> new Tally()));
        Map<String, Tally> areas =
                view.seating().areas().stream().collect(Collectors.toMap(Seating.Area::id, area -> new Tally()));
        Names names = new Names();
        view.seating().seats().forEach(seat -> {
            String status = status(seat);
            tally(tallies, seat.grade()).count(status);
            if (seat.areaId().isEmpty()) {
                seat(seatsByGrade.getOrDefault(seat.grade(), out), seat, status, names);
            } else {
                tally(areas, seat.areaId()).count(status);
            }
        });
        out.append("{\"performanceId\":\"")
                .append(performanceId)
                .append("\",\"version\":")
                .append(taken.version());
        out.append(",\"grades\":[");
        for (Price price : view.event().prices()) {
            out.append(out.charAt(out.length() - 1) == '[' ? "" : ",");
            out.append("{\"grade\":")
                    .append(quoted(price.grade()))
                    .append(",\"amount\":")
                    .append(price.amount());
            tally(tallies, price.grade()).write(out);
            out.append(",\"seats\":[").append(seatsByGrade.get(price.grade())).append("],\"areas\":[");
            areas(price.grade(), areas);
            out.append("]}");
        }
        out.append("]}");
    }

    private void areas(String grade, Map<String, Tally> areas) {
        for (Seating.Area area : view.seating().areas()) {
            if (area.grade().equals(grade)) {
                out.append(out.charAt(out.length() - 1) == '[' ? "" : ",");
                out.append("{\"id\":\"")
                        .append(area.id())
                        .append("\",\"name\":")
                        .append(quoted(area.name()));
                tally(areas, area.id()).write(out);
                out.append('}');
            }
        }
    }

    private static void seat(StringBuilder to, Seat seat, String status, Names names) {
        to.append(to.isEmpty() ? "" : ",");
        to.append("{\"id\":\"").append(seat.id()).append("\",\"section\":").append(names.section(seat.section()));
        to.append(",\"row\":")
                .append(names.row(seat.row()))
                .append(",\"number\":")
                .append(seat.number());
        to.append(",\"x\":").append(seat.x()).append(",\"y\":").append(seat.y());
        to.append(seat.accessible() ? ",\"accessible\":true" : "");
        to.append(seat.restrictedView() ? ",\"restrictedView\":true" : "");
        to.append(",\"status\":\"").append(status).append("\"}");
    }

    private String status(Seat seat) {
        String id = seat.id();
        if (taken.sold().contains(id)) {
            return "SOLD";
        }
        if (taken.held().contains(id)) {
            return "HELD";
        }
        return blocked.contains(id) ? "BLOCKED" : "AVAILABLE";
    }

    private static Tally tally(Map<String, Tally> tallies, String key) {
        return tallies.computeIfAbsent(key, any -> new Tally());
    }

    private static String quoted(String text) {
        return '"' + new String(JsonStringEncoder.getInstance().quoteAsCharArray(text)) + '"';
    }

    /** Quoted names of the section and row at hand: neighbours share them. */
    private static final class Names {
        private String section = "";
        private String quotedSection = "\"\"";
        private String row = "";
        private String quotedRow = "\"\"";

        String section(String name) {
            if (!name.equals(section)) {
                section = name;
                quotedSection = quoted(name);
            }
            return quotedSection;
        }

        String row(String name) {
            if (!name.equals(row)) {
                row = name;
                quotedRow = quoted(name);
            }
            return quotedRow;
        }
    }

    private static final class Tally {
        private int total;
        private int available;

        void count(String status) {
            total++;
            available += status.equals("AVAILABLE") ? 1 : 0;
        }

        void write(StringBuilder to) {
            to.append(",\"total\":").append(total).append(",\"available\":").append(available);
        }
    }
}
