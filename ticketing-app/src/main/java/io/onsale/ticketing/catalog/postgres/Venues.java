package io.onsale.ticketing.catalog.postgres;

import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Venues. Deleting one hides it: past events still name it. */
@Repository
public class Venues {
    private final DatabaseClient db;

    Venues(DatabaseClient db) {
        this.db = db;
    }

    /** Stores a new venue. */
    public Mono<Venue> insert(Venue venue, Instant now) {
        return db.sql("""
                        insert into catalog.venues (id, owner_id, name, address, city, created_at)
                        values (:id, :owner, :name, :address, :city, :now)
                        """)
                .bind("id", venue.id())
                .bind("owner", venue.ownerId())
                .bind("name", venue.name())
                .bind("address", venue.address())
                .bind("city", venue.city())
                .bind("now", now)
                .then()
                .thenReturn(venue);
    }

    /** The venue; empty when there is none, or it was deleted. */
    public Mono<Venue> find(UUID id) {
        return db.sql("select * from catalog.venues where id = :id and deleted_at is null")
                .bind("id", id)
                .map(Venues::venue)
                .one();
    }

    /** One page, by name. */
    public Flux<Venue> page(int page, int size) {
        return db.sql("""
                        select * from catalog.venues where deleted_at is null order by name, id limit :size offset :skip
                        """)
                .bind("size", size)
                .bind("skip", (long) page * size)
                .map(Venues::venue)
                .all();
    }

    /** How many there are. */
    public Mono<Long> count() {
        return db.sql("select count(*) from catalog.venues where deleted_at is null")
                .mapValue(Long.class)
                .one();
    }

    /** Replaces name, address and city. */
    public Mono<Void> update(Venue venue) {
        return db.sql("""
                        update catalog.venues set name = :name, address = :address, city = :city
                        where id = :id and deleted_at is null
                        """)
                .bind("id", venue.id())
                .bind("name", venue.name())
                .bind("address", venue.address())
                .bind("city", venue.city())
                .then();
    }

    /** Deletes the venue unless one of its halls is used by an event that is not over; false when it is. */
    public Mono<Boolean> delete(UUID id, Instant now) {
        return db.sql("""
                        update catalog.venues v set deleted_at = :now where v.id = :id and v.deleted_at is null
                        and not exists (select from catalog.halls h join catalog.events e on e.hall_id = h.id
                                        where h.venue_id = v.id and e.deleted_at is null and e.cancelled_at is null
                                        and e.last_starts_at > :now)
                        """).bind("id", id).bind("now", now).fetch().rowsUpdated().map(rows -> rows == 1);
    }

    private static Venue venue(Readable row) {
        return new Venue(
                Rows.uuid(row, "id"),
                Rows.uuid(row, "owner_id"),
                Rows.text(row, "name"),
                Rows.text(row, "address"),
                Rows.text(row, "city"));
    }

    /** A building with halls. Whoever made it and administrators change it; every seller may use it. */
    public record Venue(UUID id, UUID ownerId, String name, String address, String city) {}
}
