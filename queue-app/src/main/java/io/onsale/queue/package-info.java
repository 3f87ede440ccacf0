/** The waiting room: step 1 of a purchase. */
@NullMarked
package io.onsale.queue;

import org.jspecify.annotations.NullMarked;
