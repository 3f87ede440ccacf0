/** Who calls: tokens checked at the edge, what callers claim about themselves taken off. */
@NullMarked
package io.onsale.gateway.identity;

import org.jspecify.annotations.NullMarked;
