/** How much one caller may ask: calls, bytes, and all callers together. */
@NullMarked
package io.onsale.gateway.limits;

import org.jspecify.annotations.NullMarked;
