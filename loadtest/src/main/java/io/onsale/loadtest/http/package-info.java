/** The system's public face as a client sees it, with patience for restarts. */
@NullMarked
package io.onsale.loadtest.http;

import org.jspecify.annotations.NullMarked;
