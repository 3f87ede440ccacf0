/** A flash crowd on a fresh event, and its report. */
@NullMarked
package io.onsale.loadtest.demo;

import org.jspecify.annotations.NullMarked;
