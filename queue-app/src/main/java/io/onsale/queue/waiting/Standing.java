package io.onsale.queue.waiting;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a person is told about their place; the body of enter, status and the {@code position} event.
 *
 * @param position ahead + 1; null while the order is not known (before a draw) and without a place
 * @param admittedTotal people admitted so far, to which {@code ahead} belongs
 * @param entry the entry number in a draw, with which its order can be checked
 * @param opensAt when admission starts, while it has not
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Standing(
        String eventId,
        State state,
        @Nullable Long position,
        @Nullable Long ahead,
        long total,
        long admittedTotal,
        @Nullable WaitEstimate etaSeconds,
        long pollAfterMillis,
        @Nullable Instant opensAt,
        @Nullable String entry,
        @Nullable String placeToken,
        @Nullable String pass,
        @Nullable Instant passExpiresAt) {

    /** Where a person stands. */
    public enum State {
        PRE_QUEUE,
        DRAWING,
        WAITING,
        ADMITTED,
        EXPIRED,
        CLOSED,
        RECOVERING
    }

    Standing withPass(String minted) {
        return new Standing(
                eventId,
                state,
                position,
                ahead,
                total,
                admittedTotal,
                etaSeconds,
                pollAfterMillis,
                opensAt,
                entry,
                placeToken,
                minted,
                passExpiresAt);
    }
}
