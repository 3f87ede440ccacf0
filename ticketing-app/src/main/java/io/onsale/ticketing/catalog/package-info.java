/** Venues, halls, events, performances, and seats as they are offered; who took them is not known here. */
@ApplicationModule(
        displayName = "Catalogue",
        allowedDependencies = {})
@NullMarked
package io.onsale.ticketing.catalog;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
