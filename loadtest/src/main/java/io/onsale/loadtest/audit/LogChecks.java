package io.onsale.loadtest.audit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** What Kafka's log itself shows: order per aggregate (invariant 7), and holds that ended too early (invariant 4). */
final class LogChecks {

    private LogChecks() {}

    /**
     * Among first deliveries the versions of what an event is about rise; repeats are allowed. Events of payments are
     * keyed by reservation, which orders them, but count the versions of the one payment they name.
     */
    static Finding ordered(String topic, Collection<JsonNode> envelopes) {
        Set<String> known = new HashSet<>();
        Map<String, Long> newest = new HashMap<>();
        List<String> breaches = new ArrayList<>();
        for (JsonNode envelope : envelopes) {
            if (known.add(envelope.path("eventId").asString(""))) {
                String aggregate = topic.equals("payment.events")
                        ? envelope.path("payload").path("paymentId").asString("")
                        : envelope.path("aggregateId").asString("");
                long version = envelope.path("version").asLong(0);
                Long before = newest.put(aggregate, version);
                if (before != null && before >= version) {
                    breaches.add(aggregate + ": version " + version + " came after " + before);
                }
            }
        }
        return Finding.of("7 messages", "aggregates out of order in " + topic, known.size(), breaches);
    }

    /**
     * What is called published lies in the log.
     *
     * @param published ids of events that were sent since the log's oldest record came
     */
    static Finding sent(Collection<String> published, Collection<JsonNode> envelopes) {
        Set<String> missing = new LinkedHashSet<>(published);
        envelopes.forEach(envelope -> missing.remove(envelope.path("eventId").asString("")));
        return Finding.of(
                "7 messages",
                "outbox rows called published that Kafka's log does not have",
                published.size(),
                List.copyOf(missing));
    }

    static Finding nothingExpiredEarly(Collection<JsonNode> reservationEvents) {
        List<JsonNode> expired = reservationEvents.stream()
                .filter(envelope -> envelope.path("eventType").asString("").equals("ReservationExpired"))
                .toList();
        List<String> breaches = expired.stream()
                .filter(envelope -> occurredAt(envelope).isBefore(endOfHold(envelope)))
                .map(envelope -> envelope.path("aggregateId").asString("") + " expired at " + occurredAt(envelope)
                        + ", held until " + endOfHold(envelope))
                .toList();
        return Finding.of(
                "4 holds end in time", "holds that were taken away before their end", expired.size(), breaches);
    }

    /** In every count of an event's seats that was ever announced. */
    static Finding seatsAddUp(Collection<JsonNode> eventEvents) {
        List<JsonNode> counts = eventEvents.stream()
                .filter(envelope -> envelope.path("eventType").asString("").equals("AvailabilityChanged"))
                .map(envelope -> envelope.path("payload"))
                .toList();
        List<String> breaches = counts.stream()
                .filter(count -> count.path("total").asLong()
                        != count.path("available").asLong()
                                + count.path("held").asLong()
                                + count.path("sold").asLong()
                                + count.path("blocked").asLong())
                .map(JsonNode::toString)
                .toList();
        return Finding.of("8 seats add up", "announced counts of seats that are not the hall", counts.size(), breaches);
    }

    private static Instant occurredAt(JsonNode envelope) {
        return Instant.parse(envelope.path("occurredAt").asString("1970-01-01T00:00:00Z"));
    }

    private static Instant endOfHold(JsonNode envelope) {
        return Instant.parse(envelope.path("payload").path("expiresAt").asString("1970-01-01T00:00:00Z"));
    }
}
