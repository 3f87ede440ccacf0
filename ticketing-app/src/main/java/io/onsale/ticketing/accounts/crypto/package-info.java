/** Passwords and personal data at rest. */
@NullMarked
package io.onsale.ticketing.accounts.crypto;

import org.jspecify.annotations.NullMarked;
