package io.onsale.platform.outbox;

import java.util.Objects;

/**
 * A fact about to be published; its type on the wire is the payload record's simple name.
 *
 * @param version of the aggregate after the fact
 * @param key decides partition and order; the aggregate's id unless another is given
 */
public record DomainEvent(String topic, String aggregateId, long version, Object payload, String key) {

    public DomainEvent {
        Objects.requireNonNull(topic, "topic");
        Objects.requireNonNull(aggregateId, "aggregateId");
        Objects.requireNonNull(payload, "payload");
        Objects.requireNonNull(key, "key");
    }

    public static DomainEvent of(String topic, String aggregateId, long version, Object payload) {
        return new DomainEvent(topic, aggregateId, version, payload, aggregateId);
    }

    public DomainEvent keyed(String otherKey) {
        return new DomainEvent(topic, aggregateId, version, payload, otherKey);
    }
}
