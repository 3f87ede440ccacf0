/** The API of all services as one document, and a page to browse it. */
@NullMarked
package io.onsale.gateway.docs;

import org.jspecify.annotations.NullMarked;
