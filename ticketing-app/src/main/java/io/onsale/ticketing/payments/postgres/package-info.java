/** Payments, refunds and the ledger in PostgreSQL. */
@NullMarked
package io.onsale.ticketing.payments.postgres;

import org.jspecify.annotations.NullMarked;
