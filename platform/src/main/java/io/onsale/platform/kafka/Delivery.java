package io.onsale.platform.kafka;

import org.jspecify.annotations.Nullable;

/**
 * One record as it came from the broker.
 *
 * @param raw the record's value as text; what is parked when it is no envelope
 */
public record Delivery(
        String group,
        String topic,
        int partition,
        long offset,
        @Nullable String key,
        @Nullable String raw) {}
