/** The commands of `./onsale` that start, watch and stop the whole system on one machine. */
@NullMarked
package io.onsale.local.launch;

import org.jspecify.annotations.NullMarked;
