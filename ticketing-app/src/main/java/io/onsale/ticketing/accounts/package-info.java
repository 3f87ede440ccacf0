/** Who you are: sign-up, login, tokens, profile, roles. Other modules know only user ids. */
@ApplicationModule(
        displayName = "Accounts",
        allowedDependencies = {})
@NullMarked
package io.onsale.ticketing.accounts;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
