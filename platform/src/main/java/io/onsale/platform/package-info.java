/** What the apps share and that knows no domain word. */
@NullMarked
package io.onsale.platform;

import org.jspecify.annotations.NullMarked;
