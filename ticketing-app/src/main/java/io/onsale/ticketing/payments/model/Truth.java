package io.onsale.ticketing.payments.model;

import java.time.Instant;

/** What the provider says about a payment when it is asked. */
public sealed interface Truth {

    /**
     * The buyer's money was taken.
     *
     * @param amount what was taken, whole won
     * @param cancelled what of it has gone back already
     * @param reference the provider's own name for the transaction
     */
    record Captured(long amount, long cancelled, String reference, Instant at) implements Truth {}

    /** Nothing taken so far; the buyer may still pay. */
    record Open() implements Truth {}

    /** Refused, or given up by the buyer. */
    record Declined(String reason) implements Truth {}

    /** No answer, or none that could be read: anything may be the case. */
    record Unclear(String why) implements Truth {}
}
