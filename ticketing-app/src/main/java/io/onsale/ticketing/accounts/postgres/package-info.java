/** Accounts, refresh tokens and login history in PostgreSQL. */
@NullMarked
package io.onsale.ticketing.accounts.postgres;

import org.jspecify.annotations.NullMarked;
