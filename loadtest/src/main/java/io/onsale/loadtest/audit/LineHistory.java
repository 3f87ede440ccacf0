package io.onsale.loadtest.audit;

import io.onsale.loadtest.history.History.Entry;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What clients were told about their places in line. A place token says where it stands; who made it does not matter here. */
final class LineHistory {

    private static final int EPOCH_BITS = 24;
    private static final Duration SILENCE = Duration.ofMinutes(4);
    private static final Set<String> OVER = Set.of("EXPIRED", "ADMITTED");
    private static final Set<String> BEFORE_A_DRAW = Set.of("PRE_QUEUE", "DRAWING");

    private LineHistory() {}

    /**
     * Nobody comes in front of a place, and it stays what it was told first, also when the line lost its memory and the holder came back
     * with its token. A place that was used, or given up by silence, is over: the next one is a new one.
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
            String who = entry.event() + " " + entry.userId();
            if (OVER.contains(entry.text("state"))) {
                last.remove(who);
            } else if (entry.text("state").equals("WAITING")
                    && entry.body().path("ahead").isNumber()) {
                looked++;
                Place now = new Place(
                        score(entry.text("placeToken")),
                        entry.body().path("ahead").asLong(),
                        entry.at());
                Place before = last.put(who, now);
                if (before != null && now.isWorseThan(before)) {
                    breaches.add(entry.userId() + " at " + entry.at() + ": " + before + ", then " + now);
                }
            }
        }
        return Finding.of("6 order", "places that got worse in the eyes of their holder", looked, breaches);
    }

    /**
     * Who had a place before another asked for one stands in front of them. Judged by everybody's first place: who comes back with the
     * token of an old one is right to stand in front, and places of one epoch of a line that is not drawn are comparable.
     */
    static Finding nobodyCutsIn(List<Entry> entries) {
        Map<String, Comer> firsts = new LinkedHashMap<>();
        Map<String, Instant> asked = new HashMap<>();
        Set<String> drawn = new HashSet<>();
        for (Entry entry : entries) {
            if (BEFORE_A_DRAW.contains(entry.text("state"))) {
                drawn.add(entry.event());
            }
            if (entry.step().equals("enter")) {
                String who = entry.event() + " " + entry.userId();
                asked.putIfAbsent(who, entry.asked());
                if (!entry.text("placeToken").isEmpty()) {
                    Instant from = asked.getOrDefault(who, entry.asked());
                    long score = score(entry.text("placeToken"));
                    firsts.putIfAbsent(who, new Comer(entry.event(), entry.userId(), score, from, entry.at()));
                }
            }
        }
        Map<String, List<Comer>> lines = firsts.values().stream()
                .filter(comer -> !drawn.contains(comer.event))
                .collect(Collectors.groupingBy(comer -> comer.event + " " + (comer.score >> EPOCH_BITS)));
        List<String> breaches = new ArrayList<>();
        lines.values().forEach(line -> cutIn(line, breaches));
        return Finding.of(
                "6 order", "people who came after others had a place, and stand in front", firsts.size(), breaches);
    }

    /** From the end of the line forwards: nobody may have asked after one behind them had their answer. */
    private static void cutIn(List<Comer> line, List<String> breaches) {
        List<Comer> backwards = line.stream()
                .sorted(Comparator.comparingLong(Comer::score).reversed())
                .toList();
        Comer soonest = backwards.get(0);
        for (Comer comer : backwards) {
            if (soonest.told.isBefore(comer.asked) && soonest.score > comer.score) {
                breaches.add(comer + " in front of " + soonest);
            }
            soonest = comer.told.isBefore(soonest.told) ? comer : soonest;
        }
    }

    private record Comer(String event, String userId, long score, Instant asked, Instant told) {}

    private record Place(long score, long ahead, Instant at) {

        /** Who has not asked for minutes may have been given up in silence. */
        boolean isWorseThan(Place before) {
            boolean sameEpoch = score >> EPOCH_BITS == before.score >> EPOCH_BITS;
            return at.isBefore(before.at.plus(SILENCE))
                    && (score > before.score || (sameEpoch && ahead > before.ahead));
        }
    }

    /** A place token says its kind in one byte and its epoch and number in the next eight; who made it does not matter here. */
    private static long score(String placeToken) {
        byte[] bytes = Base64.getUrlDecoder().decode(placeToken);
        return bytes.length < 9 ? 0 : ByteBuffer.wrap(bytes).getLong(1);
    }
}
