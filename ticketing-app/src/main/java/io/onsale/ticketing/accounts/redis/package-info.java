/** Throttles and revoked tokens in Redis. */
@NullMarked
package io.onsale.ticketing.accounts.redis;

import org.jspecify.annotations.NullMarked;
