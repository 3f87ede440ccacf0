@NullMarked
package io.onsale.local.proxy;

import org.jspecify.annotations.NullMarked;
