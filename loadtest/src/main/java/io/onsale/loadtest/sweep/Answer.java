package io.onsale.loadtest.sweep;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * What came back.
 *
 * @param status 0 when nothing did
 * @param headers names in lower case
 */
record Answer(int status, Map<String, String> headers, byte[] body) {

    /** The media type without its parameters; empty when none was named. */
    String mediaType() {
        return headers.getOrDefault("content-type", "").replaceFirst(";.*", "").strip();
    }

    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** For a report. */
    String summary() {
        String text = text().strip().replaceAll("\\s+", " ");
        return status + " " + mediaType() + " " + text.substring(0, Math.min(300, text.length()));
    }
}
