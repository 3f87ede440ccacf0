/** The story from hold to ticket, and each way back. The only module that knows reservations, payments and tickets. */
@ApplicationModule(
        displayName = "Checkout",
        allowedDependencies = {"reservations", "payments", "tickets", "catalog", "accounts"})
@NullMarked
package io.onsale.ticketing.checkout;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
