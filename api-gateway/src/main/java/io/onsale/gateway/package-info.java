/** The edge of the system. */
@NullMarked
package io.onsale.gateway;

import org.jspecify.annotations.NullMarked;
