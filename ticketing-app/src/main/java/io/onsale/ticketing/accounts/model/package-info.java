/** Rules about people, addresses and refresh tokens. Pure. */
@NullMarked
package io.onsale.ticketing.accounts.model;

import org.jspecify.annotations.NullMarked;
