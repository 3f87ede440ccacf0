/** Payments over HTTP. */
@NullMarked
package io.onsale.ticketing.payments.web;

import org.jspecify.annotations.NullMarked;
