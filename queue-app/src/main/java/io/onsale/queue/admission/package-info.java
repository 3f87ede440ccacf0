/** Lets people in at exactly the set rate, keeps their slots, and tells the other apps. */
@NullMarked
package io.onsale.queue.admission;

import org.jspecify.annotations.NullMarked;
