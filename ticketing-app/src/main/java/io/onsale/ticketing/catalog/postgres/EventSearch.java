package io.onsale.ticketing.catalog.postgres;

import io.onsale.ticketing.catalog.model.EventStatus;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Finds events. The words of a search may stand anywhere in title and artist, also inside a word: Korean is written that way. */
@Repository
public class EventSearch {
    /** Must say the same as {@code Event.status}. */
    private static final String STATUS = """
            case when e.cancelled_at is not null then 'CANCELLED' when e.draft then 'DRAFT'
                 when :now < e.sale_opens_at then 'UPCOMING' when :now >= e.sale_closes_at then 'ENDED'
                 when e.sold_out then 'SOLD_OUT' else 'ON_SALE' end
            """;

    private static final String FROM = """
            from catalog.events e join catalog.halls h on h.id = e.hall_id join catalog.venues v on v.id = h.venue_id
            where e.deleted_at is null
            """;

    private final DatabaseClient db;

    EventSearch(DatabaseClient db) {
        this.db = db;
    }

    /** One page of what matches. */
    public Flux<Found> page(Criteria criteria, Instant now, int page, int size) {
        Query query = Query.of(criteria, now);
        String select = """
                select e.id, e.title, e.artist, e.category, e.sale_opens_at, e.sale_closes_at, e.first_starts_at, e.last_starts_at,
                       v.id as venue_id, v.name as venue, v.city,
                       (select min(amount) from catalog.prices p where p.event_id = e.id) as min_amount,
                       (select max(amount) from catalog.prices p where p.event_id = e.id) as max_amount,
                       (select i.name from catalog.images i where i.event_id = e.id and i.kind = 'POSTER') as poster,
                """ + STATUS + " as status " + FROM + query.where()
                + criteria.sort().sql() + " limit :size offset :skip";
        return query.bind(db.sql(select))
                .bind("now", now)
                .bind("size", size)
                .bind("skip", (long) page * size)
                .map(EventSearch::found)
                .all();
    }

    /** How many match. */
    public Mono<Long> count(Criteria criteria, Instant now) {
        Query query = Query.of(criteria, now);
        return query.bind(db.sql("select count(*) " + FROM + query.where()))
                .mapValue(Long.class)
                .one();
    }

    /** When the next published event opens or closes; empty when none will. */
    public Mono<Instant> nextTurn(Instant now) {
        return db.sql("""
                        select least(
                            (select min(sale_opens_at) from catalog.events where sale_opens_at > :now and deleted_at is null),
                            (select min(sale_closes_at) from catalog.events where sale_closes_at > :now and deleted_at is null)) as turn
                        """)
                .bind("now", now)
                .map(row -> java.util.Optional.ofNullable(row.get("turn", Instant.class)))
                .one()
                .flatMap(Mono::justOrEmpty);
    }

    private static Found found(Readable row) {
        return new Found(
                Rows.uuid(row, "id"),
                Rows.text(row, "title"),
                Rows.text(row, "artist"),
                Rows.text(row, "category"),
                EventStatus.valueOf(Rows.text(row, "status")),
                Rows.uuid(row, "venue_id"),
                Rows.text(row, "venue"),
                Rows.text(row, "city"),
                Rows.instant(row, "sale_opens_at"),
                Rows.instant(row, "sale_closes_at"),
                Rows.instant(row, "first_starts_at"),
                Rows.instant(row, "last_starts_at"),
                Rows.bigint(row, "min_amount"),
                Rows.bigint(row, "max_amount"),
                row.get("poster", String.class));
    }

    /** The conditions of a search with their values. */
    private record Query(String where, Map<String, Object> values) {

        static Query of(Criteria criteria, Instant now) {
            StringBuilder where = new StringBuilder();
            Map<String, Object> values = new HashMap<>();
            if (criteria.status() == null) {
                where.append(" and not e.draft");
            } else {
                where.append(" and ").append(STATUS).append(" = :status");
                values.put("status", criteria.status().name());
                values.put("now", now);
            }
            if (criteria.status() == EventStatus.DRAFT) {
                where.append(" and e.seller_id = :drafter");
                values.put("drafter", criteria.drafter() == null ? new UUID(0, 0) : criteria.drafter());
            }
            int word = 0;
            for (String part : criteria.words()) {
                String name = "word" + word++;
                where.append(" and e.search like :").append(name);
                values.put(name, "%" + literal(part) + "%");
            }
            String artist = Events.searchable(criteria.artist()).strip();
            if (!artist.isEmpty()) {
                where.append(" and e.search like :artist");
                values.put("artist", "%\n" + literal(artist));
            }
            if (criteria.from() != null) {
                where.append(" and e.last_starts_at >= :from");
                values.put("from", criteria.from());
            }
            if (criteria.to() != null) {
                where.append(" and e.first_starts_at < :to");
                values.put("to", criteria.to());
            }
            if (criteria.venueId() != null) {
                where.append(" and v.id = :venue");
                values.put("venue", criteria.venueId());
            }
            if (criteria.after() != null) {
                where.append(" and ").append(criteria.sort().behind());
                values.put("afterId", criteria.after().id());
                if (!criteria.sort().isById()) {
                    values.put("afterKey", criteria.after().key());
                }
            }
            return new Query(where.toString(), values);
        }

        private static String literal(String text) {
            return text.replaceAll("([\\\\%_])", "\\\\$1");
        }

        DatabaseClient.GenericExecuteSpec bind(DatabaseClient.GenericExecuteSpec statement) {
            return statement.bindValues(values);
        }
    }

    /**
     * What to look for.
     *
     * @param q words that all must occur in title or artist
     * @param artist the whole name, in whatever case; blank for all
     * @param drafter whose drafts a search for drafts finds
     * @param from performances at or after
     * @param to performances before
     * @param after the event that the page begins behind
     */
    public record Criteria(
            String q,
            String artist,
            @Nullable EventStatus status,
            @Nullable UUID drafter,
            @Nullable Instant from,
            @Nullable Instant to,
            @Nullable UUID venueId,
            Sort sort,
            @Nullable After after) {

        String[] words() {
            String text = Events.searchable(q).strip();
            return text.isEmpty() ? new String[0] : text.split("\\s+", 8);
        }
    }

    /**
     * The event that a page begins behind.
     *
     * @param key what the list is ordered by: an {@code Instant}, a text or the id itself
     */
    public record After(Object key, UUID id) {}

    /** Orders of the list. Each ends with the id, so that it is total and a page can begin behind any event. */
    public enum Sort {
        STARTS_AT("e.first_starts_at", false, Found::firstStartsAt),
        STARTS_AT_DESC("e.first_starts_at", true, Found::firstStartsAt),
        SALE_OPENS_AT("e.sale_opens_at", false, Found::saleOpensAt),
        SALE_OPENS_AT_DESC("e.sale_opens_at", true, Found::saleOpensAt),
        TITLE("e.title", false, Found::title),
        TITLE_DESC("e.title", true, Found::title),
        NEWEST("e.id", true, Found::id),
        OLDEST("e.id", false, Found::id);

        private final String column;
        private final boolean descending;
        private final Function<Found, Object> key;

        Sort(String column, boolean descending, Function<Found, Object> key) {
            this.column = column;
            this.descending = descending;
            this.key = key;
        }

        /** What this event is ordered by. */
        public Object keyOf(Found event) {
            return key.apply(event);
        }

        /** Whether the key is a time; else it is a text or the id. */
        public boolean isByTime() {
            return column.endsWith("_at");
        }

        private boolean isById() {
            return column.equals("e.id");
        }

        private String sql() {
            String way = descending ? " desc" : "";
            return " order by " + (isById() ? "" : column + way + ", ") + "e.id" + way;
        }

        private String behind() {
            String than = descending ? " < " : " > ";
            return isById() ? "e.id" + than + ":afterId" : "(" + column + ", e.id)" + than + "(:afterKey, :afterId)";
        }
    }

    /** An event as lists show it. */
    public record Found(
            UUID id,
            String title,
            String artist,
            String category,
            EventStatus status,
            UUID venueId,
            String venue,
            String city,
            Instant saleOpensAt,
            Instant saleClosesAt,
            Instant firstStartsAt,
            Instant lastStartsAt,
            long minAmount,
            long maxAmount,
            @Nullable String poster) {}
}
