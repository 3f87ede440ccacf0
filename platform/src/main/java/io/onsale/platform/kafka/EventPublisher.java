package io.onsale.platform.kafka;

import reactor.core.publisher.Mono;

/**
 * Publishes events at least once. Each publication completes when the brokers hold it (acks=all) and fails when that is not
 * known within the delivery time-out; a failed one may still have been written. So many may be under
 * way and no more: beyond that they fail at once with {@link TryAgainLater}, and nothing was written. Order within a key is the order in which
 * earlier publications of that key completed: who needs it waits for one before starting the next.
 */
public interface EventPublisher {

    /** Publishes under the given key. The envelope's traceparent, or the current one, travels as a header too. */
    Mono<Void> publish(String topic, String key, Envelope envelope);

    /** Publishes under the aggregate's id. */
    default Mono<Void> publish(String topic, Envelope envelope) {
        return publish(topic, envelope.aggregateId(), envelope);
    }

    /** Deletes a key from a compacted topic. */
    Mono<Void> tombstone(String topic, String key);
}
