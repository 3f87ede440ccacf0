package io.onsale.ticketing.reservations.postgres;

import io.onsale.ticketing.catalog.OfferListener;
import io.onsale.ticketing.catalog.PerformanceOffer;
import io.onsale.ticketing.catalog.Seating;
import java.util.List;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Keeps each performance's sale rules beside the seats, in the transaction that changes the event. */
@Component
class Sales implements OfferListener {

    /** Waits for holds that were decided by the old rules, and makes later ones wait for the new. */
    private static final String LOCK = "select pg_advisory_xact_lock(hashtextextended($1, 1))";

    private static final String SALE = """
            insert into reservations.sales as s
                (performance_id, event_id, offer_version, opens_at, closes_at, max_seats_per_buyer, pass_required, closed,
                 total, blocked)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
            on conflict (performance_id) do update
               set offer_version = excluded.offer_version, opens_at = excluded.opens_at, closes_at = excluded.closes_at,
                   max_seats_per_buyer = excluded.max_seats_per_buyer, pass_required = excluded.pass_required,
                   closed = excluded.closed, total = excluded.total, blocked = excluded.blocked
             where s.offer_version <= excluded.offer_version
            """;
    private static final String AREA = """
            insert into reservations.areas (performance_id, area_id, capacity) values ($1, $2, $3)
            on conflict (performance_id, area_id) do update set capacity = excluded.capacity
            """;

    private final DatabaseClient database;

    Sales(DatabaseClient database) {
        this.database = database;
    }

    @Override
    public Mono<Void> offersChanged(List<PerformanceOffer> offers) {
        return Flux.fromIterable(offers)
                .concatMap(offer -> lock(offer).then(keep(offer)).thenMany(keepAreas(offer)))
                .then();
    }

    private Mono<Void> lock(PerformanceOffer offer) {
        return database.sql(LOCK)
                .bind("$1", offer.performanceId())
                .fetch()
                .rowsUpdated()
                .then();
    }

    private Mono<Void> keep(PerformanceOffer offer) {
        return database.sql(SALE)
                .bind("$1", offer.performanceId())
                .bind("$2", offer.eventId())
                .bind("$3", offer.version())
                .bind("$4", offer.saleOpensAt())
                .bind("$5", offer.saleClosesAt())
                .bind("$6", offer.maxSeatsPerBuyer())
                .bind("$7", offer.passRequired())
                .bind("$8", offer.closed())
                .bind("$9", offer.total())
                .bind("$10", offer.blocked().size())
                .fetch()
                .rowsUpdated()
                .then();
    }

    private Flux<Long> keepAreas(PerformanceOffer offer) {
        return Flux.fromIterable(offer.seating().areas()).concatMap(area -> keep(offer.performanceId(), area));
    }

    private Mono<Long> keep(String performanceId, Seating.Area area) {
        return database.sql(AREA)
                .bind("$1", performanceId)
                .bind("$2", area.id())
                .bind("$3", area.capacity())
                .fetch()
                .rowsUpdated();
    }
}
