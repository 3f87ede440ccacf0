/** The draw that decides the order of those who came before the opening, in a way anybody can check. */
@NullMarked
package io.onsale.queue.draw;

import org.jspecify.annotations.NullMarked;
