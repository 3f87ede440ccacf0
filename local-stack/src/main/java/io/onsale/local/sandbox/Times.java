package io.onsale.local.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * How long the sandbox itself was at its latest calls, from a whole request to the answer's beginning: who measures a shop takes it off.
 * In memory only.
 */
final class Times {

    private static final int KEPT = 20_000;

    private record Taken(String operation, List<String> ids, Instant from, Duration time) {}

    private final Deque<Taken> latest = new ArrayDeque<>();

    synchronized void took(Operation.Named operation, Instant from, Duration time) {
        if (latest.size() == KEPT) {
            latest.removeFirst();
        }
        latest.addLast(new Taken(operation.name(), operation.ids(), from, time));
    }

    /** {@code GET /times}, or of one kind of call by {@code ?operation=}. */
    synchronized Answer answer(Call call) {
        String wanted = call.query().getOrDefault("operation", "");
        ObjectNode body = Json.object();
        ArrayNode calls = body.putArray("calls");
        latest.stream()
                .filter(taken -> wanted.isEmpty() || taken.operation.equals(wanted))
                .forEach(taken -> calls.addObject()
                        .put("operation", taken.operation)
                        .put("paymentId", taken.ids.isEmpty() ? "" : taken.ids.get(0))
                        .put("at", taken.from.toString())
                        .put("micros", taken.time.toNanos() / 1_000));
        return Answer.json(200, body);
    }
}
