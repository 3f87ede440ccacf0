/** A modular monolith: accounts, catalogue, holds, payments, tickets and the saga between them. */
@NullMarked
package io.onsale.ticketing;

import org.jspecify.annotations.NullMarked;
