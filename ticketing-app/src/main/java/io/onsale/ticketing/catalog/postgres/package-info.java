/** The catalogue in PostgreSQL. */
@NullMarked
package io.onsale.ticketing.catalog.postgres;

import org.jspecify.annotations.NullMarked;
