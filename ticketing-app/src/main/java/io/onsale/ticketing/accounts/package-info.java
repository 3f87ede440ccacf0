/** Who you are: sign-up, login, tokens, profile, roles. Other modules know user ids, and ask {@link
 * io.onsale.ticketing.accounts.People} where they may show who is behind one. */
@ApplicationModule(
        displayName = "Accounts",
        allowedDependencies = {})
@NullMarked
package io.onsale.ticketing.accounts;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
