package io.onsale.platform.outbox;

import io.onsale.platform.kafka.Envelope;
import reactor.core.publisher.Mono;

/** Applies an event once per consumer, however often it is delivered. */
public interface Inbox {

    /**
     * Runs the effect and remembers the event in one transaction: both or neither.
     *
     * @param consumer stable name; the same event may be applied once by each consumer
     * @return whether the effect ran now; false when this consumer had applied the event before
     */
    Mono<Boolean> once(String consumer, Envelope envelope, Mono<Void> effect);
}
