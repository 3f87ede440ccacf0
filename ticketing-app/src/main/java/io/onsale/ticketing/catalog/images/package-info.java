/** Pictures of events: checked by what they are, kept behind a small port. */
@NullMarked
package io.onsale.ticketing.catalog.images;

import org.jspecify.annotations.NullMarked;
