package io.onsale.ticketing.checkout.postgres;

import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.Collection;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Returned money as rows: noticed, asked about, settled. */
@Repository
public class ReturnRows {

    /**
     * Money that went back by hand at the provider's console.
     *
     * @param amount whole won
     * @param question why a person has to decide; null while nobody has to
     */
    public record Returned(
            String refundId,
            String paymentId,
            String reservationId,
            String eventId,
            long amount,
            Instant noticedAt,
            @Nullable String question) {}

    private static final String INSERT = """
        INSERT INTO checkout.returns (refund_id, payment_id, reservation_id, event_id, amount, noticed_at, next_try_at)
        VALUES ($1, $2, $3, $4, $5, $6, $6) ON CONFLICT DO NOTHING
        """;

    /** A lease of half a minute, for whoever takes one and dies. */
    private static final String TAKE_DUE = """
        UPDATE checkout.returns SET next_try_at = $1::timestamptz + interval '30 seconds'
         WHERE refund_id IN (SELECT refund_id FROM checkout.returns WHERE next_try_at <= $1
                              ORDER BY next_try_at LIMIT $2 FOR UPDATE SKIP LOCKED)
        RETURNING *
        """;

    private static final String SETTLE = """
        UPDATE checkout.returns
           SET settled_at = $2, settled_by = $3, seat_ids = $4, note = $5, next_try_at = NULL
         WHERE refund_id = $1 AND settled_at IS NULL
        """;

    private final DatabaseClient database;

    ReturnRows(DatabaseClient database) {
        this.database = database;
    }

    public Mono<Void> insert(Returned made) {
        return database.sql(INSERT)
                .bind(0, made.refundId())
                .bind(1, made.paymentId())
                .bind(2, made.reservationId())
                .bind(3, made.eventId())
                .bind(4, made.amount())
                .bind(5, made.noticedAt())
                .then();
    }

    public Flux<Returned> takeDue(Instant now, int limit) {
        return database.sql(TAKE_DUE)
                .bind(0, now)
                .bind(1, limit)
                .map(ReturnRows::returned)
                .all();
    }

    public Mono<Void> tryAgain(String refundId, Instant at) {
        return database.sql("UPDATE checkout.returns SET next_try_at = $2 WHERE refund_id = $1 AND settled_at IS NULL")
                .bind(0, refundId)
                .bind(1, at)
                .then();
    }

    /** From now on it waits for a person. */
    public Mono<Void> ask(String refundId, String question) {
        return database.sql("UPDATE checkout.returns SET question = $2, next_try_at = NULL WHERE refund_id = $1 AND"
                        + " settled_at IS NULL")
                .bind(0, refundId)
                .bind(1, question)
                .then();
    }

    /** False when it was settled before. */
    public Mono<Boolean> settle(
            String refundId, Collection<String> seatIds, String by, @Nullable String note, Instant now) {
        return database.sql(SETTLE)
                .bind(0, refundId)
                .bind(1, now)
                .bind(2, by)
                .bind(3, seatIds.toArray(String[]::new))
                .bind(4, Parameters.in(R2dbcType.VARCHAR, note))
                .fetch()
                .rowsUpdated()
                .map(rows -> rows == 1);
    }

    /** Has all of a reservation that are not settled looked at then, also those that somebody was asked about. */
    public Mono<Void> lookAgain(String reservationId, Instant at) {
        return database.sql(
                        "UPDATE checkout.returns SET next_try_at = $2, question = NULL WHERE reservation_id = $1 AND"
                                + " settled_at IS NULL")
                .bind(0, reservationId)
                .bind(1, at)
                .then();
    }

    /** One that is not settled. */
    public Mono<Returned> findOpen(String refundId) {
        return database.sql("SELECT * FROM checkout.returns WHERE refund_id = $1 AND settled_at IS NULL")
                .bind(0, refundId)
                .map(ReturnRows::returned)
                .one();
    }

    /** All of a reservation that are not settled, in one order, locked. */
    public Flux<Returned> lockOpenOf(String reservationId) {
        return database.sql("SELECT * FROM checkout.returns WHERE reservation_id = $1 AND settled_at IS NULL ORDER BY"
                        + " refund_id FOR UPDATE")
                .bind(0, reservationId)
                .map(ReturnRows::returned)
                .all();
    }

    /** Those that wait for a person, the oldest first. */
    public Flux<Returned> questions(int limit) {
        return database.sql("SELECT * FROM checkout.returns WHERE settled_at IS NULL AND question IS NOT NULL ORDER BY"
                        + " noticed_at LIMIT $1")
                .bind(0, limit)
                .map(ReturnRows::returned)
                .all();
    }

    private static Returned returned(Readable row) {
        return new Returned(
                text(row, "refund_id"),
                text(row, "payment_id"),
                text(row, "reservation_id"),
                text(row, "event_id"),
                Objects.requireNonNull(row.get("amount", Long.class)),
                Objects.requireNonNull(row.get("noticed_at", Instant.class)),
                row.get("question", String.class));
    }

    private static String text(Readable row, String column) {
        return Objects.requireNonNull(row.get(column, String.class), column);
    }
}
