/** What buyers call. */
@NullMarked
package io.onsale.ticketing.reservations.web;

import org.jspecify.annotations.NullMarked;
