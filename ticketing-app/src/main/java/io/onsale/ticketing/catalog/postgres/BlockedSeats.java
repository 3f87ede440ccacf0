package io.onsale.ticketing.catalog.postgres;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** Seats kept from sale, per performance. */
@Repository
public class BlockedSeats {
    private final DatabaseClient db;

    BlockedSeats(DatabaseClient db) {
        this.db = db;
    }

    /** The blocked seats of an event's performances; a missing entry means none. */
    public Mono<Map<UUID, Set<String>>> of(UUID eventId) {
        return db.sql("""
                        select b.performance_id, b.seat_id from catalog.blocked_seats b
                        join catalog.performances p on p.id = b.performance_id where p.event_id = :event
                        """)
                .bind("event", eventId)
                .map(row -> Map.entry(Rows.uuid(row, "performance_id"), Rows.text(row, "seat_id")))
                .all()
                .collect(
                        HashMap::new,
                        (all, entry) -> all.computeIfAbsent(entry.getKey(), id -> new HashSet<>())
                                .add(entry.getValue()));
    }

    /** Replaces the blocked seats of a performance. */
    public Mono<Void> replace(UUID performanceId, Collection<String> seatIds) {
        List<String> ids = List.copyOf(seatIds);
        return db.sql("delete from catalog.blocked_seats where performance_id = :id and seat_id <> all(:seats)")
                .bind("id", performanceId)
                .bind("seats", ids.toArray(String[]::new))
                .then()
                .then(db.sql("""
                                insert into catalog.blocked_seats (performance_id, seat_id)
                                select :id, s from unnest(:seats) s on conflict do nothing
                                """)
                        .bind("id", performanceId)
                        .bind("seats", ids.toArray(String[]::new))
                        .then());
    }
}
