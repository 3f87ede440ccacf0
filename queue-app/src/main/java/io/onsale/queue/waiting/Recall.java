package io.onsale.queue.waiting;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import org.jspecify.annotations.Nullable;

/**
 * What this instance remembers of people who are no longer in line, so that it outlives the store: who left gains nothing
 * by an old token, and who was admitted gets the same pass again. Fed by this instance's own acts and by
 * {@code queue.events}.
 */
public final class Recall {
    private static final int MOST = 500_000;

    private final Cache<Who, Long> leftAt;
    private final Cache<Who, Grant> grants;

    Recall(WaitingSettings settings) {
        leftAt = Caffeine.newBuilder()
                .maximumSize(MOST)
                .expireAfterWrite(settings.memory())
                .build();
        grants = Caffeine.newBuilder()
                .maximumSize(MOST)
                .expireAfterWrite(settings.memory())
                .build();
    }

    private record Who(String eventId, String userId) {}

    /** Notes that somebody gave their place or pass up. */
    public void left(String eventId, String userId, long atMillis) {
        leftAt.asMap().merge(new Who(eventId, userId), atMillis, Math::max);
    }

    /** Notes that somebody was let in. */
    public void admitted(String eventId, String userId, Grant grant) {
        grants.asMap()
                .merge(
                        new Who(eventId, userId),
                        grant,
                        (old, fresh) -> fresh.admittedMillis() >= old.admittedMillis() ? fresh : old);
    }

    /**
     * What may be shown to the line as proof: the token, the better proof of a grant, or nothing.
     *
     * @param shown the token that was presented, already known to be genuine
     */
    @Nullable
    PlaceToken proofOf(String eventId, String userId, @Nullable PlaceToken shown, long nowMillis) {
        Who who = new Who(eventId, userId);
        Long left = leftAt.getIfPresent(who);
        Grant grant = grants.getIfPresent(who);
        if (grant != null && (left == null || left < grant.admittedMillis()) && grant.endMillis() > nowMillis) {
            return new PlaceToken(
                    'G', grant.score(), grant.admittedMillis(), grant.admittedMillis(), grant.endMillis());
        }
        boolean wasUsed = shown != null && grant != null && shown.score() <= grant.score();
        boolean wasLeft = shown != null && left != null && shown.issuedMillis() <= left;
        return wasUsed || wasLeft ? null : shown;
    }
}
