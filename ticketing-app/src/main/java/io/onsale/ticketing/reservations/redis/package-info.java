/** Where seats are taken fast and fairly; PostgreSQL has the last word. */
@NullMarked
package io.onsale.ticketing.reservations.redis;

import org.jspecify.annotations.NullMarked;
