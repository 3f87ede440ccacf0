/** The local stack: real servers as child processes, and the providers' sandbox. */
@NullMarked
package io.onsale.local;

import org.jspecify.annotations.NullMarked;
