/** Bad input on every endpoint, driven by the document that the system itself publishes. */
@NullMarked
package io.onsale.loadtest.sweep;

import org.jspecify.annotations.NullMarked;
