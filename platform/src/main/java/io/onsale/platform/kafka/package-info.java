/**
 * Events between apps over Kafka. The only package that imports reactor-kafka or the Kafka client: everything else speaks
 * {@link io.onsale.platform.kafka.EventPublisher} and {@link io.onsale.platform.kafka.EventSubscription}.
 */
@NullMarked
package io.onsale.platform.kafka;

import org.jspecify.annotations.NullMarked;
