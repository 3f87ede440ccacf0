/** What a buyer leaves with: one ticket per seat, proven at the gate, used once. */
@ApplicationModule(
        displayName = "Tickets",
        allowedDependencies = {})
@NullMarked
package io.onsale.ticketing.tickets;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
