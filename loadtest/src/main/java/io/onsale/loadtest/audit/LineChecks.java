package io.onsale.loadtest.audit;

import io.onsale.loadtest.measure.RateMeter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Invariants 5 and 6 from what the waiting room announced: how fast, whom, and in which order. */
final class LineChecks {

    private static final long[] WINDOW_SECONDS = {1, 2, 5, 10, 30, 60};

    /** One admission. Its pass names its place: {@code event:epoch:number}. */
    record Admission(String eventId, String userId, String passId, String epoch, long number, long atMillis) {

        static Admission of(JsonNode payload) {
            String passId = payload.path("passId").asString("");
            String[] parts = passId.split(":", -1);
            boolean whole = parts.length == 3 && parts[2].matches("\\d{1,18}");
            return new Admission(
                    payload.path("eventId").asString(""),
                    payload.path("userId").asString(""),
                    passId,
                    whole ? parts[1] : "",
                    whole ? Long.parseLong(parts[2]) : -1,
                    Instant.parse(payload.path("admittedAt").asString("")).toEpochMilli());
        }
    }

    private final Map<String, List<Admission>> byEvent = new LinkedHashMap<>();
    private final List<String> givenTwice = new ArrayList<>();
    private final Map<String, Long> rates;

    /**
     * @param admissions payloads of BuyerAdmitted in the order of the log; repeated deliveries are the same pass again
     * @param rates the highest rate each event was ever set to
     */
    LineChecks(Collection<JsonNode> admissions, Map<String, Long> rates) {
        this.rates = rates;
        Map<String, Admission> passes = new LinkedHashMap<>();
        for (JsonNode payload : admissions) {
            Admission admission = Admission.of(payload);
            Admission before = passes.putIfAbsent(admission.passId, admission);
            if (before == null) {
                byEvent.computeIfAbsent(admission.eventId, event -> new ArrayList<>())
                        .add(admission);
            } else if (!before.equals(admission)) {
                givenTwice.add(before + " and " + admission);
            }
        }
    }

    List<Finding> all() {
        return List.of(withinRate(), onePlaceOnce(), nobodyOvertakes());
    }

    private long total() {
        return byEvent.values().stream().mapToLong(List::size).sum();
    }

    /** At most rate x window + burst (one second's rate) in any window. */
    private Finding withinRate() {
        List<String> breaches = new ArrayList<>();
        byEvent.forEach((eventId, admissions) -> {
            long rate = rates.getOrDefault(eventId, 0L);
            RateMeter meter = RateMeter.of(
                    admissions.stream().mapToLong(Admission::atMillis).toArray());
            for (long seconds : WINDOW_SECONDS) {
                int most = meter.mostIn(seconds * 1_000);
                if (rate > 0 && most > rate * seconds + rate) {
                    breaches.add(eventId + ": " + most + " admitted in " + seconds + " s at a rate of " + rate);
                }
            }
        });
        return Finding.of(
                "5 admissions", "windows of 1 to 60 s with more than rate x window + burst", total(), breaches);
    }

    /** A pass names its place: who is announced on it again is the same person, let in at the same moment. */
    private Finding onePlaceOnce() {
        return Finding.of("5 admissions", "places on which somebody was admitted twice", total(), givenTwice);
    }

    /** Judged where the line never lost its memory: after a loss, who comes back late has an old, better place. */
    private Finding nobodyOvertakes() {
        List<String> breaches = new ArrayList<>();
        long looked = 0;
        for (List<Admission> admissions : byEvent.values()) {
            if (admissions.stream().map(Admission::epoch).distinct().count() != 1) {
                continue;
            }
            looked += admissions.size();
            // By the instant of admission: the log may swap two that were let in together.
            List<Admission> inTime = admissions.stream()
                    .sorted(Comparator.comparingLong(Admission::atMillis).thenComparingLong(Admission::number))
                    .toList();
            for (int i = 1; i < inTime.size(); i++) {
                if (inTime.get(i).number < inTime.get(i - 1).number) {
                    breaches.add(inTime.get(i).passId + " was let in after " + inTime.get(i - 1).passId);
                }
            }
        }
        return Finding.of("6 order", "people let in after somebody behind them", looked, breaches);
    }
}
