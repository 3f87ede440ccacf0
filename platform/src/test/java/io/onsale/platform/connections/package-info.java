@NullMarked
package io.onsale.platform.connections;

import org.jspecify.annotations.NullMarked;
