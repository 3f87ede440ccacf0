/** A bad network on demand: TCP between the apps and their stores, delayed, cut, swallowed, or ended at a chosen instant. */
@NullMarked
package io.onsale.local.proxy;

import org.jspecify.annotations.NullMarked;
