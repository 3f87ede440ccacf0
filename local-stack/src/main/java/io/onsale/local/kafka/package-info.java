/** The Kafka broker's own JVM: the only code that sees the broker's classes. */
@NullMarked
package io.onsale.local.kafka;

import org.jspecify.annotations.NullMarked;
