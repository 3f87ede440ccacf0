/** The signed pass that backs one hold at a time. */
@NullMarked
package io.onsale.queue.pass;

import org.jspecify.annotations.NullMarked;
