/** The rules of a payment's life: pure. */
@NullMarked
package io.onsale.ticketing.payments.model;

import org.jspecify.annotations.NullMarked;
