package io.onsale.ticketing.catalog.postgres;

import io.onsale.ticketing.catalog.model.AvailabilityChanged;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
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

    /** Takes an event that must be counted, within the caller's transaction; empty when there is none. */
    public Mono<UUID> takeStale() {
        return db.sql("""
                        delete from catalog.stale_counts where event_id =
                            (select event_id from catalog.stale_counts limit 1 for update skip locked)
                        returning event_id
                        """).mapValue(UUID.class).one();
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
