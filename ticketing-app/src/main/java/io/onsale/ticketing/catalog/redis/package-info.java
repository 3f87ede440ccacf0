/** What instances share of the catalogue's answers. */
@NullMarked
package io.onsale.ticketing.catalog.redis;

import org.jspecify.annotations.NullMarked;
