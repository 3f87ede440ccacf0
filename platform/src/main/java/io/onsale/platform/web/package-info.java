/** Who may call a handler: closed unless it says otherwise. */
@NullMarked
package io.onsale.platform.web;

import org.jspecify.annotations.NullMarked;
