package io.onsale.loadtest.bench;

import io.onsale.loadtest.stack.Events;
import io.onsale.loadtest.stack.LocalStack;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Who was let in to an event, and when, as {@code queue.events} has it: by the instant, then by the place. */
final class Turns {

    /** @param place by epoch and number: smaller is further ahead */
    record Turn(String userId, String passId, long epoch, long number, long millis) {

        static Turn of(JsonNode payload) {
            String passId = payload.path("passId").asString("");
            String[] parts = passId.split(":", -1);
            return new Turn(
                    payload.path("userId").asString(""),
                    passId,
                    Long.parseLong(parts[1]),
                    Long.parseLong(parts[2]),
                    Instant.parse(payload.path("admittedAt").asString("")).toEpochMilli());
        }

        boolean isBehind(Turn other) {
            return epoch != other.epoch ? epoch > other.epoch : number > other.number;
        }
    }

    private final List<Turn> inTime;
    private final int twice;

    Turns(LocalStack stack, String eventId, Instant since) {
        Map<String, Turn> byPass = new HashMap<>();
        new Events(stack.kafka())
                .since(
                        "queue.events",
                        since,
                        event -> event.path("eventType").asString("").equals("BuyerAdmitted")
                                && event.path("payload")
                                        .path("eventId")
                                        .asString("")
                                        .equals(eventId))
                .forEach(envelope -> {
                    Turn turn = Turn.of(envelope.path("payload"));
                    byPass.putIfAbsent(turn.passId, turn); // told again is the same turn
                });
        inTime = sorted(byPass.values());
        Set<String> people = new HashSet<>();
        twice = (int) inTime.stream().filter(turn -> !people.add(turn.userId)).count();
    }

    private static List<Turn> sorted(Collection<Turn> turns) {
        return turns.stream()
                .sorted(Comparator.comparingLong(Turn::millis)
                        .thenComparingLong(Turn::epoch)
                        .thenComparingLong(Turn::number))
                .toList();
    }

    List<Turn> inTime() {
        return inTime;
    }

    long[] millis() {
        return inTime.stream().mapToLong(Turn::millis).toArray();
    }

    /** People let in on two places. */
    int twice() {
        return twice;
    }

    /** People let in right after somebody who stood behind them. */
    int inversions() {
        int count = 0;
        for (int i = 1; i < inTime.size(); i++) {
            if (inTime.get(i - 1).isBehind(inTime.get(i))) {
                count++;
            }
        }
        return count;
    }
}
