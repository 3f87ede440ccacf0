/** The catalogue's HTTP endpoints. */
@NullMarked
package io.onsale.ticketing.catalog.web;

import org.jspecify.annotations.NullMarked;
