package io.onsale.queue.control;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All that operators have set of a line, as the store holds it; also what stands on the compacted topic {@code queue.controls}.
 *
 * @param version rises with every act, by the store's clock
 * @param settings by their names in the line's meta hash; those that are not set are missing
 */
record ControlRecord(String eventId, long version, Map<String, String> settings) {

    /** Reads version and settings of a script's answer, from {@code at} on. */
    static ControlRecord parse(String eventId, List<Object> answer, int at) {
        return new ControlRecord(eventId, Long.parseLong((String) answer.get(at)), pairs((List<?>) answer.get(at + 1)));
    }

    /** Name, value, name, value. */
    static Map<String, String> pairs(List<?> answer) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (int i = 0; i < answer.size(); i += 2) {
            pairs.put((String) answer.get(i), (String) answer.get(i + 1));
        }
        return pairs;
    }
}
