/** Letters to people: what they say, how they are sent, and that none is lost. */
@NullMarked
package io.onsale.ticketing.accounts.mail;

import org.jspecify.annotations.NullMarked;
