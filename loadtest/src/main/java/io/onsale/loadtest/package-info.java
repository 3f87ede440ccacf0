/** Programs that print the figures the project claims. */
@NullMarked
package io.onsale.loadtest;

import org.jspecify.annotations.NullMarked;
