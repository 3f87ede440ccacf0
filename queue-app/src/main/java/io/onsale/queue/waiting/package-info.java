/** The line itself: places, place tokens, status, heartbeats. */
@NullMarked
package io.onsale.queue.waiting;

import org.jspecify.annotations.NullMarked;
