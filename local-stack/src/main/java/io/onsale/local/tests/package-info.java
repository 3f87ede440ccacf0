/** What every test JVM has besides its stores: which blocking is allowed on event loops, and what a failure leaves behind. */
@NullMarked
package io.onsale.local.tests;

import org.jspecify.annotations.NullMarked;
