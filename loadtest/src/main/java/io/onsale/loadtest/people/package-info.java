/** Buyers in any number: written straight into the database, with tokens of the local stack's own key. */
@NullMarked
package io.onsale.loadtest.people;

import org.jspecify.annotations.NullMarked;
