/** One adapter per payment provider behind one port. */
@NullMarked
package io.onsale.ticketing.payments.provider;

import org.jspecify.annotations.NullMarked;
