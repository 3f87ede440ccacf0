package io.onsale.ticketing.catalog.postgres;

import static io.r2dbc.spi.Parameters.in;
import static io.r2dbc.spi.R2dbcType.INTEGER;
import static io.r2dbc.spi.R2dbcType.VARCHAR;

import io.onsale.ticketing.catalog.model.Event;
import io.onsale.ticketing.catalog.model.WaitingRoom;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.Readable;
import java.text.Normalizer;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Events with their performances and prices. */
@Repository
public class Events {
    private final DatabaseClient db;

    Events(DatabaseClient db) {
        this.db = db;
    }

    /** Stores a new event. */
    public Mono<Void> insert(Event event, Instant now) {
        GenericExecuteSpec statement = db.sql("""
                        insert into catalog.events
                            (id, seller_id, title, artist, description, category, hall_id, layout_id, sale_opens_at,
                             sale_closes_at, max_seats_per_buyer, draft, rate_per_second, waiting_capacity, active_limit,
                             pass_seconds, waiting_mode, pre_queue_opens_at, first_starts_at, last_starts_at, version,
                             created_at, search)
                        values (:id, :seller, :title, :artist, :description, :category, :hall, :layout, :opens, :closes, :max,
                                :draft, :rate, :capacity, :active, :pass, :mode, :preQueue, :first, :last, :version, :now,
                                :search)
                        """)
                .bind("seller", event.sellerId())
                .bind("hall", event.hallId())
                .bind("layout", event.layoutId())
                .bind("version", event.version())
                .bind("now", now);
        return bindChangeable(statement, event).then().then(insertParts(event));
    }

    /** Replaces what may change, raises the version and answers the event as stored. */
    public Mono<Event> update(Event event, Instant now) {
        GenericExecuteSpec statement = db.sql("""
                        update catalog.events
                        set title = :title, artist = :artist, description = :description, category = :category,
                            sale_opens_at = :opens, sale_closes_at = :closes, max_seats_per_buyer = :max, draft = :draft,
                            rate_per_second = :rate, waiting_capacity = :capacity, active_limit = :active, pass_seconds = :pass,
                            waiting_mode = :mode, pre_queue_opens_at = :preQueue, first_starts_at = :first,
                            last_starts_at = :last, search = :search, sold_out = :soldOut,
                            cancelled_at = case when :cancelled then coalesce(cancelled_at, :now) end,
                            deleted_at = case when :deleted then coalesce(deleted_at, :now) end,
                            version = version + 1, changed_at = clock_timestamp()
                        where id = :id
                        """)
                .bind("soldOut", event.soldOut())
                .bind("cancelled", event.cancelled())
                .bind("deleted", event.deleted())
                .bind("now", now);
        return bindChangeable(statement, event).then().then(find(event.id()));
    }

    /** Replaces prices and performances; nobody may have bought yet. */
    public Mono<Void> replaceParts(Event event) {
        UUID[] kept = event.performances().stream().map(Event.Performance::id).toArray(UUID[]::new);
        return db.sql("delete from catalog.prices where event_id = :id")
                .bind("id", event.id())
                .then()
                .then(db.sql("""
                                delete from catalog.blocked_seats b using catalog.performances p
                                where p.id = b.performance_id and p.event_id = :id and p.id <> all(:kept)
                                """).bind("id", event.id()).bind("kept", kept).then())
                .then(db.sql("delete from catalog.performances where event_id = :id and id <> all(:kept)")
                        .bind("id", event.id())
                        .bind("kept", kept)
                        .then())
                .then(insertParts(event));
    }

    /** The event, deleted ones too; empty when there is none. */
    public Mono<Event> find(UUID id) {
        return assemble(db.sql("select * from catalog.events where id = :id").bind("id", id));
    }

    /** The event with its row locked until the transaction ends, so that changes come one after the other. */
    public Mono<Event> lock(UUID id) {
        return db.sql("select id from catalog.events where id = :id for update")
                .bind("id", id)
                .then()
                .then(find(id));
    }

    /** The event a performance belongs to; empty when there is no such performance. */
    public Mono<UUID> eventOf(UUID performanceId) {
        return db.sql("select event_id from catalog.performances where id = :id")
                .bind("id", performanceId)
                .mapValue(UUID.class)
                .one();
    }

    /** Events changed since then. */
    public Flux<Change> changedSince(Instant since) {
        return db.sql("select id, version from catalog.events where changed_at > :since")
                .bind("since", since)
                .map(row -> new Change(Rows.uuid(row, "id"), Rows.bigint(row, "version")))
                .all();
    }

    /** Text as it is compared in searches: one form of each Korean syllable, lower case. */
    static String searchable(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    }

    private Mono<Event> assemble(GenericExecuteSpec select) {
        return select.map(Head::of)
                .one()
                .flatMap(head -> Mono.zip(prices(head.id()), performances(head.id()), head::with));
    }

    private Mono<List<Event.Price>> prices(UUID id) {
        return db.sql("select grade, amount from catalog.prices where event_id = :id order by position")
                .bind("id", id)
                .map(row -> new Event.Price(Rows.text(row, "grade"), Rows.bigint(row, "amount")))
                .all()
                .collectList();
    }

    private Mono<List<Event.Performance>> performances(UUID id) {
        return db.sql("select id, starts_at from catalog.performances where event_id = :id order by starts_at")
                .bind("id", id)
                .map(row -> new Event.Performance(Rows.uuid(row, "id"), Rows.instant(row, "starts_at")))
                .all()
                .collectList();
    }

    private Mono<Void> insertParts(Event event) {
        List<Event.Price> prices = event.prices();
        List<Event.Performance> performances = event.performances();
        return db.sql("""
                        insert into catalog.prices (event_id, grade, position, amount)
                        select :id, p.grade, p.position, p.amount
                        from unnest(:grades, :amounts) with ordinality as p (grade, amount, position)
                        """)
                .bind("id", event.id())
                .bind("grades", prices.stream().map(Event.Price::grade).toArray(String[]::new))
                .bind("amounts", prices.stream().map(Event.Price::amount).toArray(Long[]::new))
                .then()
                .then(db.sql("""
                                insert into catalog.performances (id, event_id, starts_at)
                                select p.id, :id, p.starts_at from unnest(:ids, :starts) as p (id, starts_at)
                                on conflict (id) do nothing
                                """)
                        .bind("id", event.id())
                        .bind(
                                "ids",
                                performances.stream().map(Event.Performance::id).toArray(UUID[]::new))
                        .bind(
                                "starts",
                                performances.stream()
                                        .map(Event.Performance::startsAt)
                                        .toArray(Instant[]::new))
                        .then());
    }

    private static GenericExecuteSpec bindChangeable(GenericExecuteSpec statement, Event event) {
        WaitingRoom room = event.waitingRoom();
        Event.Texts texts = event.texts();
        return statement
                .bind("id", event.id())
                .bind("title", texts.title())
                .bind("artist", texts.artist())
                .bind("description", texts.description())
                .bind("category", texts.category())
                .bind("search", searchable(texts.title() + "\n" + texts.artist()))
                .bind("opens", event.sale().opensAt())
                .bind("closes", event.sale().closesAt())
                .bind("max", event.maxSeatsPerBuyer())
                .bind("draft", event.draft())
                .bind("rate", in(INTEGER, room == null ? null : room.ratePerSecond()))
                .bind("capacity", in(INTEGER, room == null ? null : room.capacity()))
                .bind("active", in(INTEGER, room == null ? null : room.activeLimit()))
                .bind("pass", in(INTEGER, room == null ? null : room.passSeconds()))
                .bind("mode", in(VARCHAR, room == null ? null : room.mode().name()))
                .bind("preQueue", nullable(room == null ? null : room.preQueueOpensAt()))
                .bind("first", event.firstStartsAt())
                .bind("last", event.lastStartsAt());
    }

    private static Object nullable(@Nullable Instant value) {
        return value == null ? Parameters.in(Instant.class) : value;
    }

    /** An event got this version. */
    public record Change(UUID eventId, long version) {}

    /** An event's own row. */
    private record Head(UUID id, Event bare) {

        static Head of(Readable row) {
            Event bare = new Event(
                    Rows.uuid(row, "id"),
                    Rows.uuid(row, "seller_id"),
                    Rows.uuid(row, "hall_id"),
                    Rows.uuid(row, "layout_id"),
                    new Event.Texts(
                            Rows.text(row, "title"),
                            Rows.text(row, "artist"),
                            Rows.text(row, "description"),
                            Rows.text(row, "category")),
                    new Event.SaleWindow(Rows.instant(row, "sale_opens_at"), Rows.instant(row, "sale_closes_at")),
                    Rows.integer(row, "max_seats_per_buyer"),
                    List.of(),
                    List.of(),
                    waitingRoom(row),
                    Rows.bool(row, "draft"),
                    Rows.bool(row, "sold_out"),
                    row.get("cancelled_at") != null,
                    row.get("deleted_at") != null,
                    Rows.bigint(row, "version"));
            return new Head(bare.id(), bare);
        }

        Event with(List<Event.Price> prices, List<Event.Performance> performances) {
            return bare.withParts(prices, performances);
        }

        private static @Nullable WaitingRoom waitingRoom(Readable row) {
            String mode = row.get("waiting_mode", String.class);
            return mode == null
                    ? null
                    : new WaitingRoom(
                            Rows.integer(row, "rate_per_second"),
                            Rows.integer(row, "waiting_capacity"),
                            row.get("active_limit", Integer.class),
                            Rows.integer(row, "pass_seconds"),
                            WaitingRoom.Mode.valueOf(mode),
                            row.get("pre_queue_opens_at", Instant.class));
        }
    }
}
