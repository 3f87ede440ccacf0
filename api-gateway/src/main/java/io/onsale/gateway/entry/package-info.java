/**
 * What every request passes first: its id, its true address, clean paths, headers of the answer, the access log; and how those are
 * answered that do not get so far.
 */
@NullMarked
package io.onsale.gateway.entry;

import org.jspecify.annotations.NullMarked;
