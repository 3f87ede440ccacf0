/** Accounts of the local stack, written straight into its database: no app has a way in for this. */
@NullMarked
package io.onsale.local.accounts;

import org.jspecify.annotations.NullMarked;
