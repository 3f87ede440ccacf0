/** Lettuce connection and the one runner of Lua scripts. */
@NullMarked
package io.onsale.platform.redis;

import org.jspecify.annotations.NullMarked;
