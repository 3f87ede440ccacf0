/** Making, changing, finding and showing events. */
@NullMarked
package io.onsale.ticketing.catalog.events;

import org.jspecify.annotations.NullMarked;
