/** Tickets over HTTP. */
@NullMarked
package io.onsale.ticketing.tickets.web;

import org.jspecify.annotations.NullMarked;
