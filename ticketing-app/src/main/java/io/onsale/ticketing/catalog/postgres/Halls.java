package io.onsale.ticketing.catalog.postgres;

import io.onsale.platform.Ids;
import io.onsale.ticketing.catalog.model.Layout;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.json.JsonMapper;

/** Halls and their layouts. A layout is written once and never changed. */
@Repository
public class Halls {
    private static final String SELECT = """
            select h.id, h.venue_id, h.layout_id, h.name, l.seats, l.grades
            from catalog.halls h join catalog.layouts l on l.id = h.layout_id
            """;

    private final DatabaseClient db;
    private final JsonMapper json;

    Halls(DatabaseClient db, JsonMapper json) {
        this.db = db;
        this.json = json;
    }

    /** Stores a hall with its layout. One statement of two rows, however many seats. */
    public Mono<Hall> insert(UUID venueId, String name, Layout layout, Instant now) {
        Hall hall = new Hall(Ids.nextUuid(), venueId, Ids.nextUuid(), name, layout.size(), layout.grades());
        return Mono.fromCallable(() -> json.writeValueAsString(layout))
                .subscribeOn(Schedulers.boundedElastic())
                .flatMap(text -> db.sql("""
                                with l as (insert into catalog.layouts (id, seats, grades, layout, created_at)
                                           values (:layoutId, :seats, :grades, :layout, :now) returning id)
                                insert into catalog.halls (id, venue_id, layout_id, name, created_at)
                                select :id, :venue, l.id, :name, :now from l
                                """)
                        .bind("layoutId", hall.layoutId())
                        .bind("seats", hall.seats())
                        .bind("grades", hall.grades().toArray(String[]::new))
                        .bind("layout", text)
                        .bind("now", now)
                        .bind("id", hall.id())
                        .bind("venue", venueId)
                        .bind("name", name)
                        .then())
                .thenReturn(hall);
    }

    /** Gives the hall another name and layout. Events that were made in it keep the layout they were made with. */
    public Mono<Hall> replace(Hall hall, String name, Layout layout, Instant now) {
        Hall changed = new Hall(hall.id(), hall.venueId(), Ids.nextUuid(), name, layout.size(), layout.grades());
        return Mono.fromCallable(() -> json.writeValueAsString(layout))
                .subscribeOn(Schedulers.boundedElastic())
                .flatMap(text -> db.sql("""
                                with l as (insert into catalog.layouts (id, seats, grades, layout, created_at)
                                           values (:layoutId, :seats, :grades, :layout, :now) returning id)
                                update catalog.halls h set name = :name, layout_id = l.id from l
                                where h.id = :id and h.deleted_at is null
                                """)
                        .bind("layoutId", changed.layoutId())
                        .bind("seats", changed.seats())
                        .bind("grades", changed.grades().toArray(String[]::new))
                        .bind("layout", text)
                        .bind("now", now)
                        .bind("id", changed.id())
                        .bind("name", name)
                        .then())
                .thenReturn(changed);
    }

    /** The hall; empty when there is none, or it or its venue was deleted. */
    public Mono<Hall> find(UUID id) {
        return db.sql(SELECT + """
                        join catalog.venues v on v.id = h.venue_id
                        where h.id = :id and h.deleted_at is null and v.deleted_at is null
                        """).bind("id", id).map(Halls::hall).one();
    }

    /** The halls of a venue, by name. */
    public Flux<Hall> of(UUID venueId) {
        return db.sql(SELECT + "where h.venue_id = :venue and h.deleted_at is null order by h.name, h.id")
                .bind("venue", venueId)
                .map(Halls::hall)
                .all();
    }

    /** A layout; empty when there is none. Read beside the event loops: a large one takes tens of milliseconds. */
    public Mono<Layout> layout(UUID layoutId) {
        return db.sql("select layout from catalog.layouts where id = :id")
                .bind("id", layoutId)
                .mapValue(String.class)
                .one()
                .publishOn(Schedulers.boundedElastic())
                .map(text -> json.readValue(text, Layout.class));
    }

    /** Where a hall is, deleted or not. */
    public Mono<Place> place(UUID hallId) {
        return db.sql("""
                        select h.id, h.name, v.id as venue_id, v.name as venue, v.address, v.city
                        from catalog.halls h join catalog.venues v on v.id = h.venue_id where h.id = :id
                        """)
                .bind("id", hallId)
                .map(row -> new Place(
                        Rows.uuid(row, "id"),
                        Rows.text(row, "name"),
                        Rows.uuid(row, "venue_id"),
                        Rows.text(row, "venue"),
                        Rows.text(row, "address"),
                        Rows.text(row, "city")))
                .one();
    }

    /** Deletes the hall unless an event that is not over uses it; false when one does. */
    public Mono<Boolean> delete(UUID id, Instant now) {
        return db.sql("""
                        update catalog.halls h set deleted_at = :now where h.id = :id and h.deleted_at is null
                        and not exists (select from catalog.events e where e.hall_id = h.id and e.deleted_at is null
                                        and e.cancelled_at is null and e.last_starts_at > :now)
                        """).bind("id", id).bind("now", now).fetch().rowsUpdated().map(rows -> rows == 1);
    }

    private static Hall hall(Readable row) {
        return new Hall(
                Rows.uuid(row, "id"),
                Rows.uuid(row, "venue_id"),
                Rows.uuid(row, "layout_id"),
                Rows.text(row, "name"),
                Rows.integer(row, "seats"),
                Arrays.asList(Objects.requireNonNull(row.get("grades", String[].class))));
    }

    /**
     * A hall as it is now.
     *
     * @param seats seats and standing places
     * @param grades of its seats, in order
     */
    public record Hall(UUID id, UUID venueId, UUID layoutId, String name, int seats, List<String> grades) {}

    /** A hall and its venue by name. */
    public record Place(UUID hallId, String hall, UUID venueId, String venue, String address, String city) {}
}
