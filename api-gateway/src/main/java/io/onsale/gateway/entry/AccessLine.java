package io.onsale.gateway.entry;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.io.JsonStringEncoder;

/**
 * One JSON object on one line, written field by field. There is one for every request, and to have them made like other log lines cost
 * a tenth of the gateway's CPU.
 */
final class AccessLine {
    private static final int USUAL_LENGTH = 768;
    private static final JsonStringEncoder ENCODER = JsonStringEncoder.getInstance();

    private final StringBuilder json = new StringBuilder(USUAL_LENGTH);

    /** Adds a field; one without a value is left out. */
    AccessLine with(String name, @Nullable String value) {
        if (value != null) {
            name(name).append('"');
            ENCODER.quoteAsString(value, json);
            json.append('"');
        }
        return this;
    }

    AccessLine with(String name, long value) {
        name(name).append(value);
        return this;
    }

    private StringBuilder name(String name) {
        return json.append(json.isEmpty() ? '{' : ',').append('"').append(name).append("\":");
    }

    @Override
    public String toString() {
        return json + "}";
    }
}
