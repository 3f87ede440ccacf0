package io.onsale.local.launch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** A structured log line in a form to read: level, message and error, not the whole record. */
final class LogLine {

    private static final int WIDEST = 600;
    private static final ObjectMapper JSON = new ObjectMapper();

    private LogLine() {}

    static String readable(String line) {
        if (!line.startsWith("{")) {
            return cut(line);
        }
        try {
            JsonNode log = JSON.readTree(line);
            String text = String.join(
                    " ",
                    log.path("log").path("level").asText(),
                    log.path("message").asText(),
                    log.path("error").path("message").asText());
            return cut(text.replaceAll("\\s+", " ").strip());
        } catch (JsonProcessingException e) {
            return cut(line);
        }
    }

    private static String cut(String text) {
        return text.length() <= WIDEST ? text : text.substring(0, WIDEST) + " ...";
    }
}
