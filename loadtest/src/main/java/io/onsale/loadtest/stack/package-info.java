/** The running system as its files describe it: addresses, secrets, demo accounts, stores. */
@NullMarked
package io.onsale.loadtest.stack;

import org.jspecify.annotations.NullMarked;
