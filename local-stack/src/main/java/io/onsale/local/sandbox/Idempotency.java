package io.onsale.local.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * PortOne's {@code Idempotency-Key}: a quoted string of 16 to 256 ASCII characters, kept for 3 hours. The answer is written in the same
 * line as its effect, so a crash between the two cannot charge or refund twice.
 */
final class Idempotency {

    private static final Pattern QUOTED = Pattern.compile("\"([\\x20-\\x21\\x23-\\x5b\\x5d-\\x7e]{16,256})\"");
    private static final Duration KEPT = Duration.ofHours(3);

    private record Stored(String request, Answer answer, Instant at) {}

    private final Map<String, Stored> answers = new LinkedHashMap<>();
    private final Set<String> inFlight = new HashSet<>();

    /** The key of a request, or null when it has none or its method ignores keys. */
    static @Nullable String keyOf(Call call) {
        String header = call.header().apply("idempotency-key");
        if (header == null || call.method().equals("GET")) {
            return null;
        }
        Matcher matcher = QUOTED.matcher(header.strip());
        if (!matcher.matches()) {
            throw Refusal.portOne(
                    400, "INVALID_REQUEST", "Idempotency-Key must be a quoted string of 16 to 256 ASCII characters");
        }
        return matcher.group(1);
    }

    /** Null when the caller goes ahead (and must {@link #release}); else the answer that the key already has. */
    synchronized @Nullable Answer begin(String key, Call call, Instant now) {
        Stored stored = answers.get(key);
        if (stored != null && stored.at.plus(KEPT).isAfter(now)) {
            return stored.request.equals(fingerprint(call))
                    ? stored.answer
                    : Refusal.portOneAnswer(422, "INVALID_REQUEST", "the Idempotency-Key belongs to another request");
        }
        if (!inFlight.add(key)) {
            return Refusal.portOneAnswer(
                    409, "IDEMPOTENCY_OUTSTANDING_REQUEST", "a request with this Idempotency-Key is being processed");
        }
        return null;
    }

    synchronized void release(String key) {
        inFlight.remove(key);
    }

    static ObjectNode event(String key, Call call, Answer answer) {
        return Json.object()
                .put("type", "ANSWERED")
                .put("key", key)
                .put("request", fingerprint(call))
                .put("status", answer.status())
                .put("contentType", answer.contentType())
                .put("body", new String(answer.body(), StandardCharsets.UTF_8));
    }

    synchronized void remember(ObjectNode event, Instant at) {
        answers.values().removeIf(stored -> stored.at.plus(KEPT).isBefore(at));
        Answer answer = new Answer(
                event.path("status").asInt(),
                event.path("contentType").asText(),
                event.path("body").asText().getBytes(StandardCharsets.UTF_8),
                Map.of(),
                false);
        answers.put(event.path("key").asText(), new Stored(event.path("request").asText(), answer, at));
    }

    private static String fingerprint(Call call) {
        return call.method() + " " + call.pathText() + " " + Digests.sha256(call.body());
    }
}
