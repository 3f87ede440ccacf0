/** Which seats are held and sold, read often and fresh. */
@NullMarked
package io.onsale.ticketing.reservations.seatmap;

import org.jspecify.annotations.NullMarked;
