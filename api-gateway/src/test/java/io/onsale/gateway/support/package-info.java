/** A real gateway, real small services behind it, and tokens that could be real. */
package io.onsale.gateway.support;
