package io.onsale.platform.outbox;

import reactor.core.publisher.Mono;

/** Writes events beside the change that they announce; a relay publishes them after the commit, in order per key. */
public interface Outbox {

    /**
     * Appends within the caller's transaction, in the given order. The caller holds the aggregate's row lock: that is what
     * makes the order of appends the order of facts.
     *
     * @return fails with {@link IllegalStateException} where no transaction is open
     */
    Mono<Void> append(DomainEvent... events);
}
