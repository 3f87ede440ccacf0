/** Processes of this machine that outlive or must not outlive the JVM that started them. */
@NullMarked
package io.onsale.local.process;

import org.jspecify.annotations.NullMarked;
