package io.onsale.ticketing.reservations.hold;

import io.onsale.ticketing.catalog.PerformanceOffer;
import java.time.Instant;
import reactor.core.publisher.Mono;

/** From when on a buyer may buy. Where nobody says otherwise the sale's own window is the rule for all. */
@FunctionalInterface
public interface PresaleRule {

    /** Compared with the database's clock in the statement that holds; {@link Instant#EPOCH} for no rule. */
    Mono<Instant> opensFor(String userId, PerformanceOffer offer);
}
