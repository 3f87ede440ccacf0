/** Where reservations and claims are true. */
@NullMarked
package io.onsale.ticketing.reservations.postgres;

import org.jspecify.annotations.NullMarked;
