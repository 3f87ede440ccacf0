package io.onsale.ticketing.payments.model;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When the provider is asked next by ourselves.
 *
 * @param count how often it was asked since the payment came into its state
 * @param nextAt null: nothing is left to ask
 */
public record Checks(int count, @Nullable Instant nextAt) {

    static final Checks NONE = new Checks(0, null);

    /** The backstop for payments that nobody confirms and no webhook tells of. */
    private static final Duration RECONCILE_EVERY = Duration.ofMinutes(5);

    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    /** Money may come even after a failure: a few late looks make sure that none stays unnoticed. */
    private static final List<Duration> LATE = List.of(
            Duration.ofMinutes(5),
            Duration.ofMinutes(30),
            Duration.ofHours(2),
            Duration.ofHours(12),
            Duration.ofDays(1));

    static Checks inMinutes(Instant now) {
        return new Checks(0, now.plus(RECONCILE_EVERY));
    }

    /** Longer than a call to the provider may take. */
    static Checks afterCrash(Instant now) {
        return new Checks(0, now.plusSeconds(15));
    }

    static Checks soon(Instant now) {
        return new Checks(0, now.plusSeconds(1));
    }

    static Checks afterFailure(Instant now) {
        return new Checks(0, now.plus(LATE.get(0)));
    }

    /** After 2, 4, 8 ... seconds, a minute at most. */
    Checks backOff(Instant now) {
        Duration pause = Duration.ofSeconds(1L << Math.min(count + 1, 6));
        return new Checks(count + 1, now.plus(pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE));
    }

    /** No answer: the same look once more. */
    Checks again(Instant now) {
        return new Checks(count, now.plus(LONGEST_PAUSE));
    }

    /** As planned, or when the other would have asked if that is sooner. */
    Checks orSooner(Checks other) {
        return other.isSoonerThan(this) ? new Checks(count, other.nextAt) : this;
    }

    /** By more than what a database rounds off. */
    boolean isSoonerThan(Checks other) {
        return nextAt != null && (other.nextAt == null || nextAt.plusMillis(1).isBefore(other.nextAt));
    }

    Checks late(Instant now) {
        int next = count + 1;
        return next < LATE.size() ? new Checks(next, now.plus(LATE.get(next))) : NONE;
    }
}
