package io.onsale.ticketing.catalog.web;

import io.onsale.platform.Ids;
import io.onsale.platform.problem.CommonProblem;
import io.onsale.platform.problem.Problem;
import io.onsale.platform.tokens.Caller;
import io.onsale.platform.tokens.Role;
import io.onsale.ticketing.catalog.CatalogProblem;
import io.onsale.ticketing.catalog.postgres.Venues;
import io.onsale.ticketing.catalog.postgres.Venues.Venue;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Only who made a venue, and administrators, may change it and its halls; to others it is not there. */
@Component
class OwnVenues {
    private final Venues venues;

    OwnVenues(Venues venues) {
        this.venues = venues;
    }

    /** The venue, if the caller may change it. */
    Mono<Venue> venue(Caller caller, String id) {
        return venues.find(Ids.uuid(id))
                .filter(venue -> caller.role() == Role.ADMIN
                        || venue.ownerId().toString().equals(caller.userId()))
                .switchIfEmpty(notFound());
    }

    static Mono<Void> refuseUnlessDeleted(boolean deleted) {
        return deleted
                ? Mono.empty()
                : Mono.error(Problem.of(CatalogProblem.IN_USE).asException());
    }

    static <T> Mono<T> notFound() {
        return Mono.error(Problem.of(CommonProblem.NOT_FOUND).asException());
    }
}
