package io.onsale.ticketing.catalog;

import java.util.List;
import reactor.core.publisher.Mono;

/** Told of every change of an event that matters to selling it; for modules that keep sale rules beside their own data. */
public interface OfferListener {

    /**
     * Called inside the transaction that changed the event: an error undoes the change.
     *
     * @param offers all performances of the event as they are after the change; {@code closed} when it was cancelled or deleted
     */
    Mono<Void> offersChanged(List<PerformanceOffer> offers);
}
