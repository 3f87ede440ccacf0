/** Traces across hops that no library instruments, and the defaults of logs, metrics and spans that all apps share. */
@NullMarked
package io.onsale.platform.tracing;

import org.jspecify.annotations.NullMarked;
