package io.onsale.ticketing.payments.postgres;

import io.onsale.ticketing.payments.model.Payment;
import java.time.Instant;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** When the provider is asked about a payment next. */
@Repository
public class PaymentSchedule {

    /** A lease of half a minute: whoever takes a due payment and dies leaves it to the next look. */
    private static final String TAKE_DUE = """
        UPDATE payments.payments SET next_check_at = $1::timestamptz + interval '30 seconds'
         WHERE id IN (SELECT id FROM payments.payments WHERE next_check_at <= $1
                       ORDER BY next_check_at LIMIT $2 FOR UPDATE SKIP LOCKED)
        RETURNING *
        """;

    /** Money may go back by hand, at the provider's console, and not every provider tells that. The next look is never at the same hour. */
    private static final String TAKE_WATCHED = """
        UPDATE payments.payments
           SET next_look_at = CASE WHEN captured_at > $1::timestamptz - interval '180 days'
                                   THEN $1::timestamptz + interval '6 hours' * (0.8 + 0.2 * random()) END
         WHERE id IN (SELECT id FROM payments.payments WHERE next_look_at <= $1
                       ORDER BY next_look_at LIMIT $2 FOR UPDATE SKIP LOCKED)
        RETURNING *
        """;

    private final DatabaseClient database;

    PaymentSchedule(DatabaseClient database) {
        this.database = database;
    }

    /** Those it is time to ask about, the longest due first; nobody else takes them for half a minute. */
    public Flux<Payment> takeDue(Instant now, int limit) {
        return taken(TAKE_DUE, now, limit);
    }

    /** Those whose money it is time to look at. */
    public Flux<Payment> takeWatched(Instant now, int limit) {
        return taken(TAKE_WATCHED, now, limit);
    }

    private Flux<Payment> taken(String sql, Instant now, int limit) {
        return database.sql(sql)
                .bind(0, now)
                .bind(1, limit)
                .map(PaymentRows::payment)
                .all();
    }

    /** Has the provider asked then, if not before. */
    public Mono<Void> checkAt(String id, Instant at) {
        return database.sql("UPDATE payments.payments SET next_check_at = least(next_check_at, $2) WHERE id = $1")
                .bind(0, id)
                .bind(1, at)
                .then();
    }

    /** The same, unless its money was taken. */
    public Mono<Void> checkUnpaidAt(String id, Instant at) {
        return database.sql("UPDATE payments.payments SET next_check_at = least(next_check_at, $2) WHERE id = $1"
                        + " AND state IN ('READY', 'PENDING', 'UNKNOWN', 'FAILED') AND captured = 0")
                .bind(0, id)
                .bind(1, at)
                .then();
    }

    /** Looks at it once more then, if it is still watched. */
    public Mono<Void> lookAt(String id, Instant at) {
        return database.sql("UPDATE payments.payments SET next_look_at = $2 WHERE id = $1 AND next_look_at IS NOT NULL")
                .bind(0, id)
                .bind(1, at)
                .then();
    }
}
