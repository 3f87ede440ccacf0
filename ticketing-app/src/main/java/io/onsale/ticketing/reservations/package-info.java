/** Seats held, confirmed and given back: who has which seat, and until when. */
@ApplicationModule(displayName = "Reservations", allowedDependencies = "catalog")
@NullMarked
package io.onsale.ticketing.reservations;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
