/**
 * What every test JVM has besides its stores: which blocking is allowed on event loops, what a failure leaves behind, and keys.
 */
@NullMarked
package io.onsale.local.tests;

import org.jspecify.annotations.NullMarked;
