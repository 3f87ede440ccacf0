/** Cancellations in PostgreSQL. */
@NullMarked
package io.onsale.ticketing.checkout.postgres;

import org.jspecify.annotations.NullMarked;
