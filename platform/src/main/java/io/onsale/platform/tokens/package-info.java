/** Signed tokens: RS256 keys, signing, JWKS and verification without I/O. */
@NullMarked
package io.onsale.platform.tokens;

import org.jspecify.annotations.NullMarked;
