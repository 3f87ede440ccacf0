/** Tells people by mail what became of their bookings. */
@ApplicationModule(
        displayName = "Notices",
        allowedDependencies = {"accounts", "catalog"})
@NullMarked
package io.onsale.ticketing.notices;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
