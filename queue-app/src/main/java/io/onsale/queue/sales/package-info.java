/** What queue-app knows of the catalogue: when a sale opens and how its waiting room is set. */
@NullMarked
package io.onsale.queue.sales;

import org.jspecify.annotations.NullMarked;
