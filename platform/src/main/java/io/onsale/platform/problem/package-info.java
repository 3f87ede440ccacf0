/** Errors on the wire: RFC 9457 problem details with stable codes, in Korean and English. */
@NullMarked
package io.onsale.platform.problem;

import org.jspecify.annotations.NullMarked;
