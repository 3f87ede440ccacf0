package io.onsale.ticketing.catalog;

import java.util.List;
import reactor.core.publisher.Mono;

/**
 * What is for sale, for the modules that sell it. Answers come from memory; a change
 * reaches every instance within a second. Ask before a transaction, not inside: a miss takes a connection of its own.
 */
public interface Offers {

    /** The offer of a performance; empty when there is no such performance or its event was deleted. */
    Mono<PerformanceOffer> offer(String performanceId);

    /** The offers of all performances of an event, by start; empty list when there is no such event. */
    Mono<List<PerformanceOffer>> offersOf(String eventId);
}
