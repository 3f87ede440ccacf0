package io.onsale.local.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** One HTTP answer. A {@code dropped} one closes the connection instead of answering. */
record Answer(int status, String contentType, byte[] body, Map<String, String> headers, boolean dropped) {

    static final Answer DROP = new Answer(0, "", new byte[0], Map.of(), true);

    static Answer json(int status, JsonNode body) {
        return new Answer(status, "application/json; charset=utf-8", Json.bytes(body), Map.of(), false);
    }

    static Answer html(int status, String page) {
        return new Answer(status, "text/html; charset=utf-8", page.getBytes(StandardCharsets.UTF_8), Map.of(), false);
    }

    static Answer redirect(String location) {
        return new Answer(303, "text/plain", new byte[0], Map.of("Location", location), false);
    }
}
