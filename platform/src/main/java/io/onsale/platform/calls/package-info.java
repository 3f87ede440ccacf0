/** Calls to other servers over HTTP. */
@NullMarked
package io.onsale.platform.calls;

import org.jspecify.annotations.NullMarked;
