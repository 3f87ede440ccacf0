package io.onsale.platform.outbox;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The messages that could not be handled: seen, replayed in order, or given up by an operator. */
public interface ParkedMessages {

    /**
     * One parked message.
     *
     * @param reason why it was parked; null when it only waits behind an earlier one of its aggregate
     */
    record Parked(
            long id,
            String consumer,
            String topic,
            String aggregateId,
            String eventId,
            String eventType,
            String message,
            @Nullable String reason,
            Instant parkedAt) {}

    /** The oldest first. */
    Flux<Parked> list(int limit);

    /**
     * Applies the aggregate's parked messages in their order, each in its own transaction, until none is left.
     *
     * @return how many were applied; fails with the first one's failure, which stays parked with those behind it
     */
    Mono<Long> replay(String consumer, String aggregateId);

    /** Replays every aggregate; those that fail again stay. Returns how many messages were applied. */
    Mono<Long> replayAll();

    /** Gives one message up: it counts as applied, without effect. Those behind it can then be replayed. */
    Mono<Boolean> discard(long id);
}
