/** Which call goes to which service. */
@NullMarked
package io.onsale.gateway.routing;

import org.jspecify.annotations.NullMarked;
