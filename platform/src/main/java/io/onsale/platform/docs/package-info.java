/** The description of an app's API (OpenAPI 3.1), made complete from what handlers, records and problems say. */
@NullMarked
package io.onsale.platform.docs;

import org.jspecify.annotations.NullMarked;
