/** How services are reached: instances, time-outs, breakers, retries, and the way out when one is gone. */
@NullMarked
package io.onsale.gateway.resilience;

import org.jspecify.annotations.NullMarked;
