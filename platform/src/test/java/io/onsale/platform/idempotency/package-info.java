@NullMarked
package io.onsale.platform.idempotency;

import org.jspecify.annotations.NullMarked;
