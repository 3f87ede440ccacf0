/** The rules of a reservation's life and of choosing seats: pure, no Spring, no Reactor. */
@NullMarked
package io.onsale.ticketing.reservations.model;

import org.jspecify.annotations.NullMarked;
