/** Latencies, counts, and rates over time. */
@NullMarked
package io.onsale.loadtest.measure;

import org.jspecify.annotations.NullMarked;
