package io.onsale.ticketing.catalog.postgres;

import io.onsale.ticketing.catalog.model.AvailabilityChanged;
import java.time.Instant;
import java.util.Collection;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Which events must be counted anew, and what was last told about them. */
@Repository
public class SeatCounts {
    private final DatabaseClient db;

    SeatCounts(DatabaseClient db) {
        this.db = db;
    }

    /** Asks for a new count. Many changes before it happens make one. */
    public Mono<Void> markStale(UUID eventId) {
        return db.sql("insert into catalog.stale_counts (event_id) values (:id) on conflict do nothing")
                .bind("id", eventId)
                .then();
    }

    /** The same for several, in one order so that two instances cannot deadlock. */
    public Mono<Void> markStale(Collection<UUID> eventIds) {
        return db.sql("insert into catalog.stale_counts (event_id) select unnest(:ids) as id order by id"
                        + " on conflict do nothing")
                .bind("ids", eventIds.toArray(UUID[]::new))
                .then();
    }

    /** All events on sale ask for a new count. */
    public Mono<Void> markOnSaleStale(Instant now) {
        return db.sql("""
                        insert into catalog.stale_counts (event_id)
                        select id from catalog.events
                         where sale_opens_at <= :now and sale_closes_at > :now
                           and not draft and cancelled_at is null and deleted_at is null
                         order by id
                        on conflict do nothing
                        """).bind("now", now).then();
    }

    /** Events that must be counted. */
    public Flux<UUID> stale(int limit) {
        return db.sql("select event_id from catalog.stale_counts limit :limit")
                .bind("limit", limit)
                .mapValue(UUID.class)
                .all();
    }

    /**
     * Takes an event that must be counted, within the caller's transaction; false when another instance has done so. The event is
     * locked before, as everybody does who locks both.
     */
    public Mono<Boolean> takeStale(UUID eventId) {
        return db.sql("delete from catalog.stale_counts where event_id = :id")
                .bind("id", eventId)
                .fetch()
                .rowsUpdated()
                .map(rows -> rows == 1);
    }

    /** Remembers the count and answers its version; empty when it is the one told last. */
    public Mono<Long> remember(UUID eventId, AvailabilityChanged counts) {
        return db.sql("""
                        insert into catalog.told_counts as told (event_id, total, held, sold, blocked, version)
                        values (:id, :total, :held, :sold, :blocked, 1)
                        on conflict (event_id) do update
                        set total = :total, held = :held, sold = :sold, blocked = :blocked, version = told.version + 1
                        where (told.total, told.held, told.sold, told.blocked) is distinct from
                              (:total, :held, :sold, :blocked)
                        returning version
                        """)
                .bind("id", eventId)
                .bind("total", counts.total())
                .bind("held", counts.held())
                .bind("sold", counts.sold())
                .bind("blocked", counts.blocked())
                .mapValue(Long.class)
                .one();
    }
}
