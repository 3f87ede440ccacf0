/** Benches: one command per claim, A and B in alternating pairs, figures with machine, commit and seed. */
@NullMarked
package io.onsale.loadtest.bench;

import org.jspecify.annotations.NullMarked;
