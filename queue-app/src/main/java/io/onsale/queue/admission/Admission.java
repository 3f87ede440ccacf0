package io.onsale.queue.admission;

import io.onsale.queue.pass.PassMint;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** One recorded grant, as it stands in the line's stream. */
public record Admission(
        String userId, long epoch, long number, long admittedMillis, long endMillis, long waitedMillis) {

    static Admission parse(List<?> values, int at) {
        return of(
                (String) values.get(at),
                (String) values.get(at + 1),
                (String) values.get(at + 2),
                (String) values.get(at + 3),
                (String) values.get(at + 4));
    }

    /** Reads an entry of the stream by its fields. */
    static Admission of(Map<String, String> entry) {
        return of(field(entry, "u"), field(entry, "p"), field(entry, "a"), field(entry, "e"), field(entry, "w"));
    }

    private static String field(Map<String, String> entry, String name) {
        return Objects.requireNonNull(entry.get(name), name);
    }

    private static Admission of(
            String userId, String place, String admittedMillis, String endMillis, String waitedMillis) {
        int colon = place.indexOf(':');
        return new Admission(
                userId,
                Long.parseLong(place.substring(0, colon)),
                Long.parseLong(place.substring(colon + 1)),
                Long.parseLong(admittedMillis),
                Long.parseLong(endMillis),
                Long.parseLong(waitedMillis));
    }

    /** The pass's id. */
    public String passId(String eventId) {
        return eventId + ':' + epoch + ':' + number;
    }

    /** What its pass is minted from. */
    public PassMint.Grounds grounds(String eventId) {
        return new PassMint.Grounds(passId(eventId), userId, eventId, admittedMillis, endMillis);
    }
}
