/** What every connection to a store needs, whichever store it is. */
@NullMarked
package io.onsale.platform.connections;

import org.jspecify.annotations.NullMarked;
