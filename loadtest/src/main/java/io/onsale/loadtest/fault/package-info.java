/** Faults that the system must survive: each is struck while a crowd shops, and the books are checked when all is quiet. */
@NullMarked
package io.onsale.loadtest.fault;

import org.jspecify.annotations.NullMarked;
