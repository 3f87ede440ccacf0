package io.onsale.loadtest.audit;

import io.onsale.loadtest.history.History.Entry;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** What clients were told against what the books say. What they do not know proves nothing. */
final class HistoryChecks {

    private static final int EPOCH_BITS = 24;

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
                placesNeverWorsen(entries));
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
            String reservation = entry.path().substring(entry.path().lastIndexOf('/') + 1);
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
                entry -> !live.contains(entry.path().substring(entry.path().lastIndexOf('/') + 1)));
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
     * Within one epoch of the line the number of a place stays what it was told first, and nobody comes in front of it. A place that
     * was given up by silence or lost with the store is a new one.
     */
    static Finding placesNeverWorsen(List<Entry> entries) {
        Map<String, Place> last = new HashMap<>();
        List<String> breaches = new ArrayList<>();
        long looked = 0;
        for (Entry entry : entries) {
            boolean asks = entry.step().equals("enter") || entry.step().equals("status");
            if (!asks || entry.outcome().equals("unknown")) {
                continue;
            }
            if (entry.text("state").equals("EXPIRED") || entry.text("code").equals("NOT_IN_LINE")) {
                last.remove(entry.userId());
            } else if (entry.text("state").equals("WAITING")
                    && entry.body().path("ahead").isNumber()) {
                looked++;
                Place now = new Place(
                        score(entry.text("placeToken")),
                        entry.body().path("ahead").asLong());
                Place before = last.put(entry.userId(), now);
                if (before != null && now.isWorseThan(before)) {
                    breaches.add(entry.userId() + " at " + entry.at() + ": " + before + ", then " + now);
                }
            }
        }
        return Finding.of("6 order", "places that got worse in the eyes of their holder", looked, breaches);
    }

    private record Place(long score, long ahead) {

        boolean isWorseThan(Place before) {
            boolean sameEpoch = score >> EPOCH_BITS == before.score >> EPOCH_BITS;
            return sameEpoch && (score > before.score || ahead > before.ahead);
        }
    }

    /** A place token says its kind in one byte and its epoch and number in the next eight; who made it does not matter here. */
    private static long score(String placeToken) {
        byte[] bytes = Base64.getUrlDecoder().decode(placeToken);
        return bytes.length < 9 ? 0 : ByteBuffer.wrap(bytes).getLong(1);
    }
}
