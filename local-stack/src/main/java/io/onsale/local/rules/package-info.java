/** Rules of the house that tests of every module check its classes against. */
@NullMarked
package io.onsale.local.rules;

import org.jspecify.annotations.NullMarked;
