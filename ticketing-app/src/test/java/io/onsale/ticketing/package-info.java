/** What all modules' tests share: the whole app on real stores. */
@NullMarked
package io.onsale.ticketing;

import org.jspecify.annotations.NullMarked;
