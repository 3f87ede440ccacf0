/** The accounts' HTTP endpoints. */
@NullMarked
package io.onsale.ticketing.accounts.web;

import org.jspecify.annotations.NullMarked;
