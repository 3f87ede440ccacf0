/** What a cancellation costs: pure. */
@NullMarked
package io.onsale.ticketing.checkout.model;

import org.jspecify.annotations.NullMarked;
