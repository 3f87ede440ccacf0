package io.onsale.ticketing.payments.postgres;

import io.onsale.ticketing.payments.Payments.RefundOrder;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.Objects;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Refunds as rows: wished for, tried, done. */
@Repository
public class RefundRows {

    /**
     * A refund to be carried out.
     *
     * @param attempts so far
     */
    public record Due(String id, String paymentId, long amount, long fee, String reason, int attempts) {}

    private static final String INSERT = """
        INSERT INTO payments.refunds (id, payment_id, request_key, amount, fee, reason, state, next_try_at, created_at)
        VALUES ($1, $2, $3, $4, $5, $6, 'REQUESTED', $7, $7)
        """;

    /** One at a time per payment, so that what is left of it is known. */
    private static final String TAKE_DUE = """
        UPDATE payments.refunds r SET next_try_at = $1::timestamptz + interval '30 seconds', attempts = attempts + 1
         WHERE id IN (
            SELECT id FROM payments.refunds due WHERE next_try_at <= $1
               AND NOT EXISTS (SELECT FROM payments.refunds earlier
                                WHERE earlier.payment_id = due.payment_id AND earlier.state = 'REQUESTED'
                                  AND earlier.id < due.id)
             ORDER BY next_try_at LIMIT $2 FOR UPDATE SKIP LOCKED)
        RETURNING id, payment_id, amount, fee, reason, attempts
        """;

    private static final String FINISH = """
        UPDATE payments.refunds
           SET state = 'SUCCEEDED', provider_reference = $2, finished_at = $3, next_try_at = NULL, failure = NULL
         WHERE id = $1 AND state = 'REQUESTED'
        """;

    private final DatabaseClient database;

    RefundRows(DatabaseClient database) {
        this.database = database;
    }

    /** The refund that this key asked for before, if any. */
    public Mono<String> findByKey(String paymentId, String requestKey) {
        return database.sql("SELECT id FROM payments.refunds WHERE payment_id = $1 AND request_key = $2")
                .bind(0, paymentId)
                .bind(1, requestKey)
                .map(row -> required(row, "id", String.class))
                .one();
    }

    /** What is promised of a payment and not yet given. */
    public Mono<Long> promised(String paymentId) {
        return database.sql(
                        "SELECT coalesce(sum(amount), 0)::bigint FROM payments.refunds WHERE payment_id = $1 AND state"
                                + " = 'REQUESTED'")
                .bind(0, paymentId)
                .map(row -> Objects.requireNonNull(row.get(0, Long.class)))
                .one();
    }

    public Mono<Void> insert(String id, RefundOrder order, Instant now) {
        return database.sql(INSERT)
                .bind(0, id)
                .bind(1, order.paymentId())
                .bind(2, order.requestKey())
                .bind(3, order.amount())
                .bind(4, order.fee())
                .bind(5, order.reason())
                .bind(6, now)
                .then();
    }

    public Flux<Due> takeDue(Instant now, int limit) {
        return database.sql(TAKE_DUE)
                .bind(0, now)
                .bind(1, limit)
                .map(row -> new Due(
                        required(row, "id", String.class),
                        required(row, "payment_id", String.class),
                        required(row, "amount", Long.class),
                        required(row, "fee", Long.class),
                        required(row, "reason", String.class),
                        required(row, "attempts", Integer.class)))
                .all();
    }

    /** False when it had been finished before. */
    public Mono<Boolean> finish(String id, String providerReference, Instant now) {
        return database.sql(FINISH)
                .bind(0, id)
                .bind(1, providerReference)
                .bind(2, now)
                .fetch()
                .rowsUpdated()
                .map(rows -> rows == 1);
    }

    public Mono<Void> tryAgain(String id, String failure, Instant at) {
        return database.sql("UPDATE payments.refunds SET failure = $2, next_try_at = $3 WHERE id = $1 AND state ="
                        + " 'REQUESTED'")
                .bind(0, id)
                .bind(1, failure)
                .bind(2, at)
                .then();
    }

    /** A person has to look. */
    public Mono<Void> fail(String id, String failure, Instant now) {
        return database.sql(
                        "UPDATE payments.refunds SET state = 'FAILED', failure = $2, next_try_at = NULL, finished_at ="
                                + " $3 WHERE id = $1 AND state = 'REQUESTED'")
                .bind(0, id)
                .bind(1, failure)
                .bind(2, now)
                .then();
    }

    private static <T> T required(Readable row, String column, Class<T> type) {
        return Objects.requireNonNull(row.get(column, type), column);
    }
}
