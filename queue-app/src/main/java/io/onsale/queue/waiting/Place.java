package io.onsale.queue.waiting;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the line knows of one account.
 *
 * @param score epoch x 2^24 + number of a place or entry; 0 without one
 * @param ahead people in front of it
 */
public record Place(
        Kind kind,
        long score,
        long ahead,
        long joinedMillis,
        @Nullable Grant grant) {
    static final long PLACES_PER_EPOCH = 1L << 24;

    /** Where an account stands. */
    public enum Kind {
        WAITING,
        ENTRANT,
        GRANTED,
        NONE;

        static Kind of(String letter) {
            return switch (letter) {
                case "W" -> WAITING;
                case "E" -> ENTRANT;
                case "G" -> GRANTED;
                default -> NONE;
            };
        }
    }

    /** Reads five values of a script's answer, from {@code at} on. */
    static Place parse(List<?> answer, int at) {
        String grant = (String) answer.get(at + 4);
        return new Place(
                Kind.of((String) answer.get(at)),
                Long.parseLong((String) answer.get(at + 1)),
                (Long) answer.get(at + 2),
                Long.parseLong((String) answer.get(at + 3)),
                grant.isEmpty() ? null : Grant.parse(grant));
    }

    public long epoch() {
        return score / PLACES_PER_EPOCH;
    }

    public long number() {
        return score % PLACES_PER_EPOCH;
    }
}
