/**
 * Requests that may be repeated: the first answer to an {@code Idempotency-Key} is the answer to all
 * (draft-ietf-httpapi-idempotency-key-header-07).
 */
@NullMarked
package io.onsale.platform.idempotency;

import org.jspecify.annotations.NullMarked;
