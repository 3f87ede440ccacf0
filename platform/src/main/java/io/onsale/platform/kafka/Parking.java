package io.onsale.platform.kafka;

import reactor.core.publisher.Mono;

/** Takes a message that cannot be handled out of the way, so that poison never blocks a partition. */
@FunctionalInterface
public interface Parking {

    /** Completes when the message is kept safe; an error here is retried, for a message is never dropped. */
    Mono<Void> park(Delivery delivery, Throwable reason);
}
