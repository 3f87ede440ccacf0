/** The rules of numbers and codes: pure. */
@NullMarked
package io.onsale.ticketing.tickets.model;

import org.jspecify.annotations.NullMarked;
