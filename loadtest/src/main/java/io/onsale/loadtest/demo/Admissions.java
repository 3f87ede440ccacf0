package io.onsale.loadtest.demo;

import io.onsale.loadtest.measure.RateMeter;
import io.onsale.loadtest.stack.Events;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Who was let in when, as the waiting room announced it, with the store's own clock.
 *
 * @param twice passes announced for an account that had one already
 */
public record Admissions(RateMeter times, int people, int twice) {

    static Admissions of(Events events, String eventId, Instant since) {
        List<JsonNode> admitted = events.since(
                "queue.events",
                since,
                envelope -> envelope.path("eventType").asString("").equals("BuyerAdmitted")
                        && envelope.path("payload").path("eventId").asString("").equals(eventId));
        Set<String> passes = new HashSet<>();
        Set<String> people = new HashSet<>();
        long[] times = admitted.stream()
                .map(envelope -> envelope.path("payload"))
                .filter(payload -> passes.add(payload.path("passId").asString("")))
                .peek(payload -> people.add(payload.path("userId").asString("")))
                .mapToLong(payload ->
                        Instant.parse(payload.path("admittedAt").asString("")).toEpochMilli())
                .toArray();
        return new Admissions(RateMeter.of(times), people.size(), passes.size() - people.size());
    }
}
