package io.onsale.queue.stream;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.ThreadLocalRandom;
import tools.jackson.databind.json.JsonMapper;

/** Encodes server-sent events. A frame is encoded once and shared by all streams it goes to. */
final class Frames {
    static final byte[] COMMENT = ":\n\n".getBytes(StandardCharsets.UTF_8);

    private static final int RETRY_MILLIS = 2_000;
    private static final int RETRY_SPREAD_MILLIS = 8_000;

    private final JsonMapper json;

    Frames(JsonMapper json) {
        this.json = json;
    }

    /** One event; {@code id} is what the client sends back as Last-Event-ID. */
    byte[] event(String name, long id, Object data) {
        String frame = "id: " + id + "\nevent: " + name + "\ndata: " + json.writeValueAsString(data) + "\n\n";
        return frame.getBytes(StandardCharsets.UTF_8);
    }

    /** Tells a client how long to wait before it comes back: spread, so that not all come at once. */
    static byte[] retry() {
        int millis = RETRY_MILLIS + ThreadLocalRandom.current().nextInt(RETRY_SPREAD_MILLIS);
        return ("retry: " + millis + "\n\n").getBytes(StandardCharsets.UTF_8);
    }
}
