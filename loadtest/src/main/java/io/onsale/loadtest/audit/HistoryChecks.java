package io.onsale.loadtest.audit;

import io.onsale.loadtest.history.History.Entry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** What clients were told against what the books say. What they do not know proves nothing. */
final class HistoryChecks {

    private final Rows rows;
    private final Scope scope;
    private final List<Entry> entries;

    /** @param entries of one client in the order they were told */
    HistoryChecks(Rows rows, Scope scope, List<Entry> entries) {
        this.rows = rows;
        this.scope = scope;
        this.entries = entries;
    }

    List<Finding> all() {
        return List.of(
                holdsAreKept(),
                paymentsAreKept(),
                ticketsAreKept(),
                releasedStaysReleased(),
                new SeatHistory(entries, fates()).isLegal(),
                seatsAddUp(entries),
                LineHistory.placesNeverWorsen(entries),
                LineHistory.nobodyCutsIn(entries));
    }

    private Finding holdsAreKept() {
        Set<String> claims = set("select r.id || ' ' || r.user_id || ' ' || c.seat_id || ' ' || c.fence as x"
                + " from reservations.claims c join reservations.reservations r on r.id = c.reservation_id where "
                + scope.on("r.event_id"));
        return told("hold", "201", "seats whose hold a client was given and the books do not know", entry -> {
            List<String> seats = new ArrayList<>();
            for (JsonNode seat : entry.body().path("seats")) {
                seats.add(entry.text("reservationId") + " " + entry.userId() + " "
                        + seat.path("seatId").asString("") + " "
                        + seat.path("fence").asLong());
            }
            return claims.containsAll(seats);
        });
    }

    private Finding paymentsAreKept() {
        Set<String> paid = set("select p.id || ' ' || p.user_id as x from payments.payments p where p.captured > 0 and "
                + scope.on("p.event_id"));
        return told(
                "confirm",
                "200",
                "payments a client saw succeed and the books do not know",
                entry -> !entry.text("status").equals("SUCCESS")
                        || paid.contains(entry.text("paymentId") + " " + entry.userId()));
    }

    private Finding ticketsAreKept() {
        Set<String> tickets = set(
                "select t.reservation_id || ' ' || t.id as x from tickets.tickets t where " + scope.on("t.event_id"));
        return told("reservation", "200", "tickets a client saw and the books do not know", entry -> {
            String reservation = entry.lastOfPath();
            List<String> seen = new ArrayList<>();
            entry.body().path("ticketIds").forEach(id -> seen.add(reservation + " " + id.asString("")));
            return tickets.containsAll(seen);
        });
    }

    private Finding releasedStaysReleased() {
        Set<String> live = set("select r.id as x from reservations.reservations r"
                + " where r.status in ('PENDING', 'PAYING', 'CONFIRMED') and " + scope.on("r.event_id"));
        return told(
                "release",
                "204",
                "holds a client gave back and still has",
                entry -> !live.contains(entry.lastOfPath()));
    }

    /** A late payment may win its seats back with another fence: the claim that its buyer was told of had ended before. */
    private Map<String, String> fates() {
        Map<String, String> fates = new HashMap<>();
        rows.of("select r.id || ' ' || c.seat_id || ' ' || c.fence as claim,"
                        + " case when r.status = 'CONFIRMED' and not c.live then 'EXPIRED' else r.status end as fate"
                        + " from reservations.claims c join reservations.reservations r on r.id = c.reservation_id where "
                        + scope.on("r.event_id"))
                .forEach(row -> fates.put(String.valueOf(row.get("claim")), String.valueOf(row.get("fate"))));
        return fates;
    }

    private interface Kept {
        boolean in(Entry entry);
    }

    private Finding told(String step, String outcome, String check, Kept kept) {
        List<String> breaches = new ArrayList<>();
        long looked = 0;
        for (Entry entry : entries) {
            if (entry.is(step, outcome)) {
                looked++;
                if (!kept.in(entry)) {
                    breaches.add(entry.userId() + " at " + entry.at() + ": " + entry.body());
                }
            }
        }
        return Finding.of("9 clients' memory", check, looked, breaches);
    }

    private Set<String> set(String sql) {
        Set<String> values = new HashSet<>();
        rows.of(sql).forEach(row -> values.add(String.valueOf(row.get("x"))));
        return values;
    }

    /**
     * Sold, held, available and blocked seats are the hall in every picture of it that a client was shown, none of them less than
     * nothing, and no more are listed than are counted (standing places have no name to be listed by).
     */
    static Finding seatsAddUp(List<Entry> entries) {
        List<String> breaches = new ArrayList<>();
        Map<String, Long> halls = new HashMap<>();
        long looked = 0;
        for (Entry entry : entries) {
            JsonNode counts = entry.body().path("counts");
            if (entry.is("seat map", "200") && counts.isObject()) {
                looked++;
                long total = counts.path("total").asLong();
                long sum = Stream.of("available", "held", "sold", "blocked")
                        .mapToLong(name -> counts.path(name).asLong())
                        .sum();
                Long before = halls.putIfAbsent(entry.event() + " " + entry.path(), total);
                if (sum != total
                        || counts.path("available").asLong() < 0
                        || listsMore(entry, "held")
                        || listsMore(entry, "sold")
                        || (before != null && before != total)) {
                    breaches.add(entry.userId() + " at " + entry.at() + ": " + entry.body());
                }
            }
        }
        return Finding.of("8 seats add up", "seat maps shown to clients that are not the hall", looked, breaches);
    }

    private static boolean listsMore(Entry entry, String seats) {
        return entry.body().path(seats).asLong(0)
                > entry.body().path("counts").path(seats).asLong();
    }
}
