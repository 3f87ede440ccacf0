package io.onsale.platform.kafka;

import reactor.core.publisher.Mono;

/** Handles one event; the next of the same partition comes after its completion. May be called again with the same event. */
@FunctionalInterface
public interface EventHandler {

    Mono<Void> handle(Envelope envelope);
}
