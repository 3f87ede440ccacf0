package io.onsale.loadtest.audit;

import io.onsale.loadtest.history.History.Entry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Each seat's story as its holders tell it: is there an order of the holds, one after another, that agrees with what everybody was told
 * and when? A request happened at some moment between its sending and its answer, and one without an answer may have happened.
 */
final class SeatHistory {

    private static final Set<String> GIVING_UP = Set.of("release", "return");
    /** Money that comes back by itself may cancel a reservation of somebody who began to pay. */
    private static final Set<String> BEGINNING_TO_PAY = Set.of("pay", "confirm");

    /** A hold that a client was given. {@code until}: nobody else may have the seat before, at least. */
    private record Hold(String who, String reservationId, long fence, Instant asked, Instant told, Instant until) {

        @Override
        public String toString() {
            return who + " (fence " + fence + ", told at " + told + ", theirs until " + until + ")";
        }
    }

    private final Map<String, Instant> mayHaveLeft = new LinkedHashMap<>();
    private final Map<String, Instant> mayHavePaid = new LinkedHashMap<>();
    private final Map<String, List<Hold>> bySeat = new LinkedHashMap<>();

    /** @param fates by reservation, seat and fence: the reservation's status, as the books have it in the end, or how the claim itself ended */
    SeatHistory(List<Entry> entries, Map<String, String> fates) {
        for (Entry entry : entries) {
            if (GIVING_UP.contains(entry.step())) {
                earliest(mayHaveLeft, entry.lastOfPath(), entry.asked());
            } else if (BEGINNING_TO_PAY.contains(entry.step())) {
                earliest(mayHavePaid, entry.userId(), entry.asked());
            }
        }
        entries.stream().filter(entry -> entry.is("hold", "201")).forEach(entry -> note(entry, fates));
    }

    private static void earliest(Map<String, Instant> of, String key, Instant instant) {
        of.merge(key, instant, (a, b) -> a.isBefore(b) ? a : b);
    }

    private void note(Entry entry, Map<String, String> fates) {
        String reservation = entry.text("reservationId");
        for (JsonNode seat : entry.body().path("seats")) {
            String seatId = seat.path("seatId").asString("");
            String key = entry.event() + " " + seatId;
            String claim = reservation + " " + seatId + " " + seat.path("fence").asLong();
            Instant until = until(entry, reservation, fates.getOrDefault(claim, ""));
            List<Hold> holds = bySeat.computeIfAbsent(key, unused -> new ArrayList<>());
            if (holds.stream().noneMatch(hold -> hold.reservationId.equals(reservation))) {
                holds.add(new Hold(
                        entry.userId(), reservation, seat.path("fence").asLong(), entry.asked(), entry.at(), until));
            }
        }
    }

    private Instant until(Entry entry, String reservation, String fate) {
        Instant left = mayHaveLeft.getOrDefault(reservation, Instant.MAX);
        Instant promised = Instant.parse(entry.text("expiresAt"));
        Instant end = switch (fate) {
            case "CONFIRMED" -> Instant.MAX;
            case "PENDING", "PAYING", "EXPIRED" -> promised;
            default -> {
                Instant paid = mayHavePaid.getOrDefault(entry.userId(), Instant.MAX);
                yield paid.isBefore(promised) ? paid : promised;
            }
        };
        return left.isBefore(end) ? left : end;
    }

    Finding isLegal() {
        List<String> breaches = new ArrayList<>();
        bySeat.forEach((seat, holds) -> {
            holds.sort(Comparator.comparingLong(Hold::fence));
            for (int i = 1; i < holds.size(); i++) {
                Hold before = holds.get(i - 1);
                Hold after = holds.get(i);
                if (after.fence == before.fence
                        || after.told.isBefore(before.asked)
                        || after.told.isBefore(before.until)) {
                    breaches.add("seat " + seat + ": " + before + ", then " + after);
                }
            }
        });
        long looked = bySeat.values().stream().mapToLong(List::size).sum();
        return Finding.of(
                "9 clients' memory", "holds that no legal order of their seat's holders explains", looked, breaches);
    }
}
