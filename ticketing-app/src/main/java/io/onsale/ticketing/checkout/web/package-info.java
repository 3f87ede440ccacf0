/** Paying for a reservation, seeing it and giving it back, over HTTP. */
@NullMarked
package io.onsale.ticketing.checkout.web;

import org.jspecify.annotations.NullMarked;
