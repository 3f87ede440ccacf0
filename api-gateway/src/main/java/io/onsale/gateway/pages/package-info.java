/** The pages that links in mails lead to, for shops that have none of their own. */
@NullMarked
package io.onsale.gateway.pages;

import org.jspecify.annotations.NullMarked;
