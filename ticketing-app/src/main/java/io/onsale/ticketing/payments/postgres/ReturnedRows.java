package io.onsale.ticketing.payments.postgres;

import io.onsale.ticketing.payments.model.Payment;
import io.onsale.ticketing.payments.postgres.RefundRows.Gone;
import java.time.Instant;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** Money that went back without our asking, among the rows of {@link RefundRows}. */
@Repository
public class ReturnedRows {

    private static final String FINISH_REFUSED = """
        UPDATE payments.refunds SET state = 'SUCCEEDED', finished_at = $3
         WHERE id = (SELECT id FROM payments.refunds WHERE payment_id = $1 AND amount BETWEEN 1 AND $2 AND state = 'FAILED'
                      ORDER BY amount DESC, id LIMIT 1 FOR UPDATE)
        RETURNING id, payment_id, amount, fee
        """;

    private static final String INSERT_RETURNED = """
        INSERT INTO payments.refunds (id, payment_id, request_key, amount, reason, state, created_at, finished_at, undecided)
        VALUES ($1, $2, $3, $4, 'RETURNED_AT_PROVIDER', 'SUCCEEDED', $5, $5, true)
        """;

    private static final String SETTLE_RETURNED = """
        UPDATE payments.refunds SET fee = $2 - amount, undecided = false
         WHERE id = $1 AND reason = 'RETURNED_AT_PROVIDER' AND fee = 0
        RETURNING id, payment_id, amount, fee
        """;

    private static final String LESSEN = """
        UPDATE payments.refunds refused
           SET amount = refused.amount - least(refused.amount, back.amount),
               fee = refused.fee + least(refused.amount, back.amount)
          FROM payments.refunds back
         WHERE refused.id = $1 AND refused.state = 'FAILED' AND back.id = $2
        """;

    private final DatabaseClient database;

    ReturnedRows(DatabaseClient database) {
        this.database = database;
    }

    /** A refund of no more than that which the provider had refused us, now done by hand; empty when there is none. */
    public Mono<Gone> finishRefused(String paymentId, long atMost, Instant now) {
        return database.sql(FINISH_REFUSED)
                .bind(0, paymentId)
                .bind(1, atMost)
                .bind(2, now)
                .map(RefundRows::gone)
                .one();
    }

    /** Money that went back without our asking; by the total that is back then, so that it is written once. */
    public Mono<Void> insertReturned(String id, Payment after, long amount, Instant now) {
        return database.sql(INSERT_RETURNED)
                .bind(0, id)
                .bind(1, after.id())
                .bind(2, "returned:" + after.money().refunded())
                .bind(3, amount)
                .bind(4, now)
                .then();
    }

    /** Says what the returned money was for: seats of that worth. */
    public Mono<Gone> settleReturned(String id, long worth) {
        return database.sql(SETTLE_RETURNED)
                .bind(0, id)
                .bind(1, worth)
                .map(RefundRows::gone)
                .one();
    }

    /** A part of what a refused one was to give has gone back by hand; false when it is not refused. */
    public Mono<Boolean> lessen(String refusedId, String returnedId) {
        return database.sql(LESSEN)
                .bind(0, refusedId)
                .bind(1, returnedId)
                .fetch()
                .rowsUpdated()
                .map(rows -> rows == 1);
    }
}
