/** Money: asked for, captured, given back. Knows reservations only by their id. */
@ApplicationModule(
        displayName = "Payments",
        allowedDependencies = {})
@NullMarked
package io.onsale.ticketing.payments;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
