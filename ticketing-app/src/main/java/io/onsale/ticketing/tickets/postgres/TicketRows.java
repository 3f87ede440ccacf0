package io.onsale.ticketing.tickets.postgres;

import io.onsale.ticketing.tickets.Ticket;
import io.r2dbc.spi.Readable;
import io.r2dbc.spi.Statement;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Tickets as rows. */
@Repository
public class TicketRows {

    private static final String INSERT = """
        INSERT INTO tickets.tickets (id, number, reservation_id, event_id, performance_id, seat_id, user_id, title, venue,
            hall, starts_at, section, seat_row, seat_number, grade, status, issued_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, 'VALID', $16)
        ON CONFLICT (reservation_id, seat_id) DO NOTHING
        """;

    /** Two gates at the same moment: one of them updates the row. */
    private static final String USE = """
        UPDATE tickets.tickets SET status = 'USED', used_at = $2, used_by = $3 WHERE id = $1 AND status = 'VALID'
        RETURNING *
        """;

    private final DatabaseClient database;

    TicketRows(DatabaseClient database) {
        this.database = database;
    }

    /** How many were new. */
    public Mono<Long> insert(List<Ticket> tickets) {
        return database.inConnectionMany(connection -> {
                    Statement insert = connection.createStatement(INSERT);
                    for (int i = 0; i < tickets.size(); i++) {
                        if (i > 0) {
                            insert.add();
                        }
                        bind(insert, tickets.get(i));
                    }
                    return Flux.from(insert.execute()).concatMap(result -> result.getRowsUpdated());
                })
                .reduce(0L, Long::sum);
    }

    private static void bind(Statement insert, Ticket ticket) {
        insert.bind(0, ticket.id())
                .bind(1, ticket.number())
                .bind(2, ticket.reservationId())
                .bind(3, ticket.eventId())
                .bind(4, ticket.performance().id())
                .bind(5, ticket.seat().id())
                .bind(6, ticket.userId())
                .bind(7, ticket.performance().title())
                .bind(8, ticket.performance().venue())
                .bind(9, ticket.performance().hall())
                .bind(10, ticket.performance().startsAt())
                .bind(11, ticket.seat().section())
                .bind(12, ticket.seat().row())
                .bind(13, ticket.seat().number())
                .bind(14, ticket.seat().grade())
                .bind(15, ticket.issuedAt());
    }

    /** Locked until the end of the caller's transaction, in one order so that two cannot deadlock. */
    public Flux<Ticket> lockOfReservation(String reservationId) {
        return database.sql("SELECT * FROM tickets.tickets WHERE reservation_id = $1 ORDER BY id FOR UPDATE")
                .bind(0, reservationId)
                .map(TicketRows::ticket)
                .all();
    }

    public Mono<Long> refunded(Collection<String> ids) {
        return database.sql("UPDATE tickets.tickets SET status = 'REFUNDED' WHERE id = ANY($1) AND status = 'VALID'")
                .bind(0, ids.toArray(String[]::new))
                .fetch()
                .rowsUpdated();
    }

    /** The ticket, now used; empty when it was not there to be used. */
    public Mono<Ticket> use(String id, String staffId, Instant now) {
        return database.sql(USE)
                .bind(0, id)
                .bind(1, now)
                .bind(2, staffId)
                .map(TicketRows::ticket)
                .one();
    }

    public Mono<Ticket> find(String id) {
        return one("SELECT * FROM tickets.tickets WHERE id = $1", id);
    }

    public Mono<Ticket> findByNumber(String number) {
        return one("SELECT * FROM tickets.tickets WHERE number = $1", number);
    }

    public Flux<Ticket> ofReservations(Collection<String> reservationIds) {
        return database.sql("SELECT * FROM tickets.tickets WHERE reservation_id = ANY($1) ORDER BY id")
                .bind(0, reservationIds.toArray(String[]::new))
                .map(TicketRows::ticket)
                .all();
    }

    public Flux<Ticket> ofUser(String userId, long offset, int limit) {
        return database.sql("SELECT * FROM tickets.tickets WHERE user_id = $1 ORDER BY id DESC OFFSET $2 LIMIT $3")
                .bind(0, userId)
                .bind(1, offset)
                .bind(2, limit)
                .map(TicketRows::ticket)
                .all();
    }

    public Mono<Long> countOfUser(String userId) {
        return database.sql("SELECT count(*) FROM tickets.tickets WHERE user_id = $1")
                .bind(0, userId)
                .map(row -> Objects.requireNonNull(row.get(0, Long.class)))
                .one();
    }

    private Mono<Ticket> one(String sql, String key) {
        return database.sql(sql).bind(0, key).map(TicketRows::ticket).one();
    }

    private static Ticket ticket(Readable row) {
        return new Ticket(
                text(row, "id"),
                text(row, "number"),
                text(row, "reservation_id"),
                text(row, "event_id"),
                text(row, "user_id"),
                new Ticket.Performance(
                        text(row, "performance_id"),
                        text(row, "title"),
                        text(row, "venue"),
                        text(row, "hall"),
                        Objects.requireNonNull(row.get("starts_at", Instant.class))),
                new Ticket.Seat(
                        text(row, "seat_id"),
                        text(row, "section"),
                        text(row, "seat_row"),
                        text(row, "seat_number"),
                        text(row, "grade")),
                Ticket.Status.valueOf(text(row, "status")),
                Objects.requireNonNull(row.get("issued_at", Instant.class)),
                row.get("used_at", Instant.class));
    }

    private static String text(Readable row, String column) {
        return Objects.requireNonNull(row.get(column, String.class), column);
    }
}
