package io.onsale.ticketing.checkout.postgres;

import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Cancellations as rows. */
@Repository
public class CancellationRows {

    /**
     * Seats given up and the money that goes back for them.
     *
     * @param whole whether the reservation ends with it
     * @param refundedAt null while the money is on its way
     */
    public record Cancellation(
            String id,
            String reservationId,
            String eventId,
            String refundId,
            boolean whole,
            List<String> seatIds,
            long refundAmount,
            long fee,
            String reason,
            Instant requestedAt,
            @Nullable Instant refundedAt) {

        public Cancellation {
            seatIds = List.copyOf(seatIds);
        }
    }

    /**
     * How far an event's refunds are, whole won.
     *
     * @param underWay asked for lately and not back yet; what has been stuck for long waits for a person
     */
    public record Progress(long requested, long refunded, long underWay, long amountRefunded) {}

    private static final String INSERT = """
        INSERT INTO checkout.cancellations (id, reservation_id, event_id, refund_id, whole, seat_ids, refund_amount, fee,
            reason, requested_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        """;

    private static final String PROGRESS = """
        SELECT count(*) AS requested, count(refunded_at) AS refunded,
               count(*) FILTER (WHERE refunded_at IS NULL AND requested_at > $3::timestamptz - interval '10 minutes') AS under_way,
               coalesce(sum(refund_amount) FILTER (WHERE refunded_at IS NOT NULL), 0)::bigint AS amount
          FROM checkout.cancellations WHERE event_id = $1 AND reason = $2
        """;

    private final DatabaseClient database;

    CancellationRows(DatabaseClient database) {
        this.database = database;
    }

    public Mono<Void> insert(Cancellation made) {
        return database.sql(INSERT)
                .bind(0, made.id())
                .bind(1, made.reservationId())
                .bind(2, made.eventId())
                .bind(3, made.refundId())
                .bind(4, made.whole())
                .bind(5, made.seatIds().toArray(String[]::new))
                .bind(6, made.refundAmount())
                .bind(7, made.fee())
                .bind(8, made.reason())
                .bind(9, made.requestedAt())
                .then();
    }

    public Flux<Cancellation> ofReservation(String reservationId) {
        return database.sql("SELECT * FROM checkout.cancellations WHERE reservation_id = $1 ORDER BY id")
                .bind(0, reservationId)
                .map(CancellationRows::cancellation)
                .all();
    }

    /** The one whose money is on its way, if any. */
    public Mono<Cancellation> underWay(String reservationId) {
        return ofReservation(reservationId)
                .filter(made -> made.refundedAt() == null)
                .next();
    }

    /** The cancellation that this refund belongs to, marked refunded; empty for another refund, or the second time. */
    public Mono<Cancellation> refunded(String refundId, Instant now) {
        return database.sql("UPDATE checkout.cancellations SET refunded_at = $2 WHERE refund_id = $1 AND refunded_at IS"
                        + " NULL RETURNING *")
                .bind(0, refundId)
                .bind(1, now)
                .map(CancellationRows::cancellation)
                .one();
    }

    public Mono<Progress> progress(String eventId, String reason, Instant now) {
        return database.sql(PROGRESS)
                .bind(0, eventId)
                .bind(1, reason)
                .bind(2, now)
                .map(row -> new Progress(
                        required(row, "requested", Long.class),
                        required(row, "refunded", Long.class),
                        required(row, "under_way", Long.class),
                        required(row, "amount", Long.class)))
                .one();
    }

    private static Cancellation cancellation(Readable row) {
        return new Cancellation(
                required(row, "id", String.class),
                required(row, "reservation_id", String.class),
                required(row, "event_id", String.class),
                required(row, "refund_id", String.class),
                required(row, "whole", Boolean.class),
                List.of(required(row, "seat_ids", String[].class)),
                required(row, "refund_amount", Long.class),
                required(row, "fee", Long.class),
                required(row, "reason", String.class),
                required(row, "requested_at", Instant.class),
                row.get("refunded_at", Instant.class));
    }

    private static <T> T required(Readable row, String column, Class<T> type) {
        return Objects.requireNonNull(row.get(column, type), column);
    }
}
