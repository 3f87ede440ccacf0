/** What people do with their account: sign up, log in, stay logged in, change and leave. */
@NullMarked
package io.onsale.ticketing.accounts.signin;

import org.jspecify.annotations.NullMarked;
