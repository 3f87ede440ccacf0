/** Live position by server-sent events. */
@NullMarked
package io.onsale.queue.stream;

import org.jspecify.annotations.NullMarked;
