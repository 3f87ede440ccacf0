package io.onsale.ticketing.reservations.postgres;

import io.onsale.ticketing.reservations.Reservation.Status;
import io.onsale.ticketing.reservations.model.Booking;
import io.onsale.ticketing.reservations.model.Claim;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Reservations and their claims as PostgreSQL has them. */
@Component
public class Bookings {

    private static final String COLUMNS = """
            select id, event_id, performance_id, user_id, pass_id, status, created_at, expires_at, end_moved, confirmed_at,
                   payment_id, version, clock_timestamp() as now
              from reservations.reservations
            """;
    private static final String CLAIMS = """
            select reservation_id, seat_id, fence, grade, amount from reservations.claims
             where reservation_id = any ($1) and live order by seat_id
            """;
    private static final String UPDATE = """
            update reservations.reservations
               set status = $2, expires_at = $3, end_moved = $4, confirmed_at = $5, payment_id = $6, version = $7, amount = $8
             where id = $1 and version = $9
            """;
    private static final String END_CLAIMS = """
            update reservations.claims set live = false, sold = false, ended_at = now(), version = version + 1
             where reservation_id = $1 and live and seat_id = any ($2)
            """;
    /** The fence is checked by the same statement that sells: a seat that somebody claimed later is not sold. */
    private static final String SELL_CLAIMS = """
            update reservations.claims c set sold = true, version = c.version + 1
              from reservations.seat_fences f
             where c.reservation_id = $1 and c.live and not c.sold
               and f.performance_id = c.performance_id and f.seat_id = c.seat_id and f.fence = c.fence
            """;

    private static final String LAPSED = """
            select id from reservations.reservations
             where status in ('PENDING', 'PAYING') and expires_at <= statement_timestamp()
             order by expires_at limit $1 for update skip locked
            """;

    private final DatabaseClient database;

    Bookings(DatabaseClient database) {
        this.database = database;
    }

    /** A reservation and the moment the database read it. */
    public record Read(Booking booking, Instant now) {}

    /** With its row locked until the end of the transaction; empty when there is none such. */
    public Mono<Read> lock(String id) {
        // Claims are read after the lock is there, else they could be older than the row.
        return database.sql(COLUMNS + " where id = $1 for update")
                .bind("$1", id)
                .map(Row::of)
                .one()
                .flatMap(row -> claims(List.of(id)).collectList().map(row::with));
    }

    public Mono<Booking> find(String id) {
        return several(database.sql(COLUMNS + " where id = $1").bind("$1", id)).next();
    }

    public Mono<Booking> findByRequest(String requestId) {
        return several(database.sql(COLUMNS + " where request_id = $1").bind("$1", requestId))
                .next();
    }

    /** The user's own, newest first. */
    public Flux<Booking> ofUser(String userId, int offset, int limit) {
        return several(database.sql(COLUMNS + " where user_id = $1 order by id desc offset $2 limit $3")
                .bind("$1", userId)
                .bind("$2", offset)
                .bind("$3", limit));
    }

    public Mono<Long> countOfUser(String userId) {
        return database.sql("select count(*) from reservations.reservations where user_id = $1")
                .bind("$1", userId)
                .map(row -> Objects.requireNonNull(row.get(0, Long.class)))
                .one();
    }

    public Flux<Booking> confirmedOfEvent(String eventId, String afterId, int limit) {
        return several(
                database.sql(COLUMNS + " where event_id = $1 and status = 'CONFIRMED' and id > $2 order by id limit $3")
                        .bind("$1", eventId)
                        .bind("$2", afterId)
                        .bind("$3", limit));
    }

    /** Holds whose time is over, their rows locked; those that others work on are left out. */
    public Flux<String> lockLapsed(int limit) {
        return database.sql(LAPSED)
                .bind("$1", limit)
                .map(row -> Objects.requireNonNull(row.get(0, String.class)))
                .all();
    }

    /** Writes a step under the row lock of {@code before}. */
    public Mono<Void> write(Booking before, Booking next) {
        var update = database.sql(UPDATE)
                .bind("$1", next.id())
                .bind("$2", next.status().name())
                .bind("$3", next.expiresAt())
                .bind("$4", next.endMoved());
        update = next.confirmedAt() == null
                ? update.bindNull("$5", Instant.class)
                : update.bind("$5", next.confirmedAt());
        update = next.paymentId() == null ? update.bindNull("$6", String.class) : update.bind("$6", next.paymentId());
        // What it cost stays readable when it is over.
        long amount = next.claims().isEmpty() ? before.amount() : next.amount();
        return update.bind("$7", next.version())
                .bind("$8", amount)
                .bind("$9", before.version())
                .fetch()
                .rowsUpdated()
                .flatMap(rows -> expect(1, rows, "reservation " + next.id()))
                .then(endClaims(before, next))
                .then(
                        next.status() == Status.CONFIRMED && before.status() != Status.CONFIRMED
                                ? sell(next)
                                : Mono.empty());
    }

    private Mono<Void> endClaims(Booking before, Booking next) {
        Set<Claim> kept = Set.copyOf(next.claims());
        String[] ended = before.claims().stream()
                .filter(claim -> !kept.contains(claim))
                .map(Claim::seatId)
                .toArray(String[]::new);
        return ended.length == 0
                ? Mono.empty()
                : database.sql(END_CLAIMS)
                        .bind("$1", before.id())
                        .bind("$2", ended)
                        .fetch()
                        .rowsUpdated()
                        .flatMap(rows -> expect(ended.length, rows, "ended claims of " + before.id()));
    }

    private Mono<Void> sell(Booking next) {
        return database.sql(SELL_CLAIMS)
                .bind("$1", next.id())
                .fetch()
                .rowsUpdated()
                .flatMap(rows -> expect(next.claims().size(), rows, "sold claims of " + next.id()));
    }

    private static Mono<Void> expect(long wanted, long rows, String what) {
        return rows == wanted
                ? Mono.empty()
                : Mono.error(new IllegalStateException(what + ": " + rows + " rows instead of " + wanted));
    }

    private Flux<Booking> several(DatabaseClient.GenericExecuteSpec query) {
        return query.map(Row::of).all().collectList().flatMapMany(rows -> {
            List<String> ids = rows.stream().map(row -> row.bare().id()).toList();
            return claims(ids)
                    .collect(Collectors.groupingBy(OwnedClaim::reservationId))
                    .flatMapIterable(byId -> rows.stream()
                            .map(row -> row.with(byId.getOrDefault(row.bare().id(), List.of()))
                                    .booking())
                            .toList());
        });
    }

    private Flux<OwnedClaim> claims(List<String> ids) {
        return ids.isEmpty()
                ? Flux.empty()
                : database.sql(CLAIMS)
                        .bind("$1", ids.toArray(String[]::new))
                        .map(OwnedClaim::of)
                        .all();
    }

    private record OwnedClaim(String reservationId, Claim claim) {

        static OwnedClaim of(Readable row) {
            return new OwnedClaim(
                    Objects.requireNonNull(row.get("reservation_id", String.class)),
                    new Claim(
                            Objects.requireNonNull(row.get("seat_id", String.class)),
                            Objects.requireNonNull(row.get("fence", Long.class)),
                            Objects.requireNonNull(row.get("grade", String.class)),
                            Objects.requireNonNull(row.get("amount", Long.class))));
        }
    }

    private record Row(Booking bare, Instant now) {

        static Row of(Readable row) {
            return new Row(
                    new Booking(
                            Objects.requireNonNull(row.get("id", String.class)),
                            Objects.requireNonNull(row.get("event_id", String.class)),
                            Objects.requireNonNull(row.get("performance_id", String.class)),
                            Objects.requireNonNull(row.get("user_id", String.class)),
                            row.get("pass_id", String.class),
                            Status.valueOf(row.get("status", String.class)),
                            Objects.requireNonNull(row.get("created_at", Instant.class)),
                            Objects.requireNonNull(row.get("expires_at", Instant.class)),
                            Boolean.TRUE.equals(row.get("end_moved", Boolean.class)),
                            row.get("confirmed_at", Instant.class),
                            row.get("payment_id", String.class),
                            Objects.requireNonNull(row.get("version", Long.class)),
                            List.of()),
                    Objects.requireNonNull(row.get("now", Instant.class)));
        }

        Read with(List<OwnedClaim> owned) {
            List<Claim> claims = owned.stream().map(OwnedClaim::claim).toList();
            return new Read(bare.withClaims(claims), now);
        }
    }
}
