/** Tickets in PostgreSQL. */
@NullMarked
package io.onsale.ticketing.tickets.postgres;

import org.jspecify.annotations.NullMarked;
