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
     * @param refusals by the provider so far
     */
    public record Due(String id, String paymentId, long amount, long fee, String reason, int attempts, int refusals) {}

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
        RETURNING id, payment_id, amount, fee, reason, attempts, refusals
        """;

    private static final String OPEN = """
        SELECT coalesce(sum(amount) FILTER (WHERE state = 'REQUESTED'), 0)::bigint AS promised,
               coalesce(sum(amount) FILTER (WHERE undecided), 0)::bigint AS undecided
          FROM payments.refunds WHERE payment_id = $1
        """;

    private static final String FINISH = """
        UPDATE payments.refunds
           SET state = 'SUCCEEDED', provider_reference = $2, finished_at = $3, next_try_at = NULL, failure = NULL
         WHERE id = $1 AND state = 'REQUESTED'
        """;

    /**
     * What it is less than before, the buyer has by other ways: of the price of its seats, this refund gives so much less. Where no seats
     * were bought there is no price.
     */
    private static final String REVIVE = """
        UPDATE payments.refunds
           SET state = 'REQUESTED', amount = least(amount, $2),
               fee = fee + CASE WHEN reason IN ('SEATS_GONE', 'PAID_TWICE', 'AMOUNT_MISMATCH') THEN 0
                                ELSE amount - least(amount, $2) END,
               next_try_at = $3, attempts = 0, finished_at = NULL
         WHERE id = $1 AND state = 'FAILED'
        RETURNING id, payment_id, amount, fee
        """;

    /** Also those that have been asked for again and again and got no answer that settles them. */
    private static final String STUCK = """
        SELECT id, payment_id, amount, reason, coalesce(failure, 'UNANSWERED') AS failure,
               coalesce(finished_at, created_at) AS since
          FROM payments.refunds WHERE state = 'FAILED' OR state = 'REQUESTED' AND attempts >= 10
         ORDER BY since LIMIT $1
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

    /**
     * What is not settled of a payment's refunds, whole won.
     *
     * @param promised and not yet given
     * @param undecided went back by hand, and waits for somebody to say what it was for
     */
    public record Open(long promised, long undecided) {}

    public Mono<Open> open(String paymentId) {
        return database.sql(OPEN)
                .bind(0, paymentId)
                .map(row -> new Open(required(row, "promised", Long.class), required(row, "undecided", Long.class)))
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
                        required(row, "attempts", Integer.class),
                        required(row, "refusals", Integer.class)))
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

    /** A refund that the provider has refused. */
    public record Refused(String id, String paymentId, long amount, String reason, String failure, Instant since) {}

    /** The oldest first. */
    public Flux<Refused> refused(int limit) {
        return database.sql(STUCK)
                .bind(0, limit)
                .map(row -> new Refused(
                        required(row, "id", String.class),
                        required(row, "payment_id", String.class),
                        required(row, "amount", Long.class),
                        required(row, "reason", String.class),
                        required(row, "failure", String.class),
                        required(row, "since", Instant.class)))
                .all();
    }

    /** Some refund of a payment that the provider has refused, by its id; empty when there is none. */
    public Mono<String> anyRefused(String paymentId) {
        return database.sql(
                        "SELECT id FROM payments.refunds WHERE payment_id = $1 AND state = 'FAILED' ORDER BY id LIMIT 1")
                .bind(0, paymentId)
                .map(row -> required(row, "id", String.class))
                .one();
    }

    /** A refused one is asked for once more, as far as there is money for it; empty when it is none. */
    public Mono<Gone> revive(String id, long left, Instant now) {
        return database.sql(REVIVE)
                .bind(0, id)
                .bind(1, left)
                .bind(2, now)
                .map(RefundRows::gone)
                .one();
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
                        "UPDATE payments.refunds SET state = 'FAILED', failure = $2, next_try_at = NULL, refusals = refusals + 1,"
                                + " finished_at = $3 WHERE id = $1 AND state = 'REQUESTED'")
                .bind(0, id)
                .bind(1, failure)
                .bind(2, now)
                .then();
    }

    /**
     * A refund that has gone back.
     *
     * @param fee of the price of its seats, what the buyer did not get; less than 0: what the buyer got beyond it
     */
    public record Gone(String id, String paymentId, long amount, long fee) {}

    static Gone gone(Readable row) {
        return new Gone(
                required(row, "id", String.class),
                required(row, "payment_id", String.class),
                required(row, "amount", Long.class),
                required(row, "fee", Long.class));
    }

    private static <T> T required(Readable row, String column, Class<T> type) {
        return Objects.requireNonNull(row.get(column, type), column);
    }
}
