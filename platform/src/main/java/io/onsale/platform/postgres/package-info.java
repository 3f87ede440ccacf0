/** How an app reaches PostgreSQL: connections on event loops of their own, every statement with an end. */
@NullMarked
package io.onsale.platform.postgres;

import org.jspecify.annotations.NullMarked;
