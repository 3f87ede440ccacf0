/** What operators see and decide. */
@NullMarked
package io.onsale.queue.control;

import org.jspecify.annotations.NullMarked;
