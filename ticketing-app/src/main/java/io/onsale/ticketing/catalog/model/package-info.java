/** Layouts, life cycle and what may change when. Pure. */
@NullMarked
package io.onsale.ticketing.catalog.model;

import org.jspecify.annotations.NullMarked;
