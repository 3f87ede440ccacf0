/** What must never be broken, checked from the stores and the provider's own books. */
@NullMarked
package io.onsale.loadtest.audit;

import org.jspecify.annotations.NullMarked;
