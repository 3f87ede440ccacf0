/** Real PostgreSQL, Redis and Kafka on 127.0.0.1, for the running stack and for tests. */
@NullMarked
package io.onsale.local.stores;

import org.jspecify.annotations.NullMarked;
