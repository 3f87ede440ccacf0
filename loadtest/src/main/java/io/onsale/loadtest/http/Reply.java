package io.onsale.loadtest.http;

import java.time.Duration;
import tools.jackson.databind.JsonNode;

/** An answer; {@code retryAfter} is zero when the header is missing. */
public record Reply(int status, JsonNode body, Duration retryAfter) {

    public boolean ok() {
        return status / 100 == 2;
    }

    /** The stable code of a problem answer, or empty. */
    public String code() {
        return body.path("code").asString("");
    }

    public String text(String field) {
        return body.path(field).asString("");
    }

    /** For messages: what it was, without its payload. */
    public String summary() {
        String code = code();
        return status + (code.isEmpty() ? "" : " " + code);
    }
}
