/** The stories: holding seats, changing them, letting them go, their end. */
@NullMarked
package io.onsale.ticketing.reservations.hold;

import org.jspecify.annotations.NullMarked;
