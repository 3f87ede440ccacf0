package io.onsale.ticketing.payments.postgres;

import io.onsale.ticketing.payments.PaymentState;
import io.onsale.ticketing.payments.Payments.Order;
import io.onsale.ticketing.payments.Provider;
import io.onsale.ticketing.payments.model.Checks;
import io.onsale.ticketing.payments.model.Payment;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Payments as rows, with every state they were in. */
@Repository
public class PaymentRows {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final TypeReference<Map<String, String>> BROUGHT = new TypeReference<>() {};

    private static final String INSERT = """
        WITH put AS (
            INSERT INTO payments.payments (id, reservation_id, event_id, user_id, provider, method, order_name, amount,
                state, reason, captured, captured_at, refunded, provider_reference, checkout_url, checks, next_check_at,
                version, created_at, updated_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20))
        INSERT INTO payments.history (payment_id, version, state, reason, at) VALUES ($1, $18, $9, $10, $20)
        """;

    /** One statement: the row, and its history when the version is a new one. */
    private static final String UPDATE = """
        WITH put AS (
            UPDATE payments.payments
               SET state = $2, reason = $3, captured = $4, captured_at = $5, refunded = $6, provider_reference = $7,
                   checkout_url = $8, checks = $9, next_check_at = $10, version = $11, updated_at = $12, brought = $13,
                   next_look_at = CASE WHEN $4 > $6 THEN coalesce(next_look_at, $12::timestamptz + interval '6 hours' * random()) END
             WHERE id = $1)
        INSERT INTO payments.history (payment_id, version, state, reason, at) VALUES ($1, $11, $2, $3, $12)
        ON CONFLICT DO NOTHING
        """;

    private final DatabaseClient database;

    PaymentRows(DatabaseClient database) {
        this.database = database;
    }

    public Mono<Void> insert(Payment payment) {
        Order order = payment.order();
        return database.sql(INSERT)
                .bind(0, payment.id())
                .bind(1, order.reservationId())
                .bind(2, order.eventId())
                .bind(3, order.userId())
                .bind(4, order.provider().name())
                .bind(5, text(order.method()))
                .bind(6, order.orderName())
                .bind(7, order.amount())
                .bind(8, payment.state().name())
                .bind(9, text(payment.reason()))
                .bind(10, payment.money().captured())
                .bind(11, time(payment.money().capturedAt()))
                .bind(12, payment.money().refunded())
                .bind(13, text(payment.atProvider().reference()))
                .bind(14, text(payment.atProvider().checkoutUrl()))
                .bind(15, payment.checks().count())
                .bind(16, time(payment.checks().nextAt()))
                .bind(17, payment.version())
                .bind(18, payment.createdAt())
                .bind(19, payment.movedAt())
                .then();
    }

    public Mono<Void> update(Payment payment) {
        return database.sql(UPDATE)
                .bind(0, payment.id())
                .bind(1, payment.state().name())
                .bind(2, text(payment.reason()))
                .bind(3, payment.money().captured())
                .bind(4, time(payment.money().capturedAt()))
                .bind(5, payment.money().refunded())
                .bind(6, text(payment.atProvider().reference()))
                .bind(7, text(payment.atProvider().checkoutUrl()))
                .bind(8, payment.checks().count())
                .bind(9, time(payment.checks().nextAt()))
                .bind(10, payment.version())
                .bind(11, payment.movedAt())
                .bind(12, brought(payment))
                .then();
    }

    private static Object brought(Payment payment) {
        Map<String, String> brought = payment.atProvider().brought();
        return text(brought.isEmpty() ? null : JSON.writeValueAsString(brought));
    }

    /** What the provider calls it, once it was told. */
    public Mono<Void> registered(String id, String reference, @Nullable String checkoutUrl) {
        return database.sql("UPDATE payments.payments SET provider_reference = $2, checkout_url = $3 WHERE id = $1"
                        + " AND state = 'READY'")
                .bind(0, id)
                .bind(1, reference)
                .bind(2, text(checkoutUrl))
                .then();
    }

    /** Locked until the end of the caller's transaction. */
    public Mono<Payment> lock(String id) {
        return one("SELECT * FROM payments.payments WHERE id = $1 FOR UPDATE", id);
    }

    /** The one that a refund belongs to, locked as well. */
    public Mono<Payment> lockOfRefund(String refundId) {
        return one(
                "SELECT * FROM payments.payments WHERE id = (SELECT payment_id FROM payments.refunds WHERE id = $1) FOR"
                        + " UPDATE",
                refundId);
    }

    public Mono<Payment> find(String id) {
        return one("SELECT * FROM payments.payments WHERE id = $1", id);
    }

    /** Oldest first, locked until the end of the caller's transaction. */
    public Flux<Payment> lockOfReservation(String reservationId) {
        return many("SELECT * FROM payments.payments WHERE reservation_id = $1 ORDER BY id FOR UPDATE", reservationId);
    }

    public Flux<Payment> ofReservation(String reservationId) {
        return many("SELECT * FROM payments.payments WHERE reservation_id = $1 ORDER BY id", reservationId);
    }

    public Flux<Payment> ofUser(String userId, long offset, int limit) {
        return database.sql("SELECT * FROM payments.payments WHERE user_id = $1 ORDER BY id DESC OFFSET $2 LIMIT $3")
                .bind(0, userId)
                .bind(1, offset)
                .bind(2, limit)
                .map(PaymentRows::payment)
                .all();
    }

    public Mono<Long> countOfUser(String userId) {
        return database.sql("SELECT count(*) FROM payments.payments WHERE user_id = $1")
                .bind(0, userId)
                .map(row -> Objects.requireNonNull(row.get(0, Long.class)))
                .one();
    }

    /** A state the payment was in. */
    public record Past(PaymentState status, @Nullable String reason, Instant at) {}

    public Flux<Past> history(String id) {
        return database.sql("SELECT state, reason, at FROM payments.history WHERE payment_id = $1 ORDER BY version")
                .bind(0, id)
                .map(row -> new Past(
                        PaymentState.valueOf(required(row, "state", String.class)),
                        row.get("reason", String.class),
                        required(row, "at", Instant.class)))
                .all();
    }

    private Mono<Payment> one(String sql, String id) {
        return database.sql(sql).bind(0, id).map(PaymentRows::payment).one();
    }

    private Flux<Payment> many(String sql, String id) {
        return database.sql(sql).bind(0, id).map(PaymentRows::payment).all();
    }

    static Payment payment(Readable row) {
        return new Payment(
                required(row, "id", String.class),
                order(row),
                PaymentState.valueOf(required(row, "state", String.class)),
                row.get("reason", String.class),
                new Payment.Money(
                        required(row, "captured", Long.class),
                        row.get("captured_at", Instant.class),
                        required(row, "refunded", Long.class)),
                atProvider(row),
                new Checks(required(row, "checks", Integer.class), row.get("next_check_at", Instant.class)),
                required(row, "version", Long.class),
                required(row, "created_at", Instant.class),
                required(row, "updated_at", Instant.class));
    }

    private static Payment.AtProvider atProvider(Readable row) {
        String brought = row.get("brought", String.class);
        return new Payment.AtProvider(
                row.get("provider_reference", String.class),
                row.get("checkout_url", String.class),
                brought == null ? Map.of() : JSON.readValue(brought, BROUGHT));
    }

    private static Order order(Readable row) {
        return new Order(
                required(row, "reservation_id", String.class),
                required(row, "event_id", String.class),
                required(row, "user_id", String.class),
                required(row, "order_name", String.class),
                required(row, "amount", Long.class),
                Provider.valueOf(required(row, "provider", String.class)),
                row.get("method", String.class));
    }

    private static <T> T required(Readable row, String column, Class<T> type) {
        return Objects.requireNonNull(row.get(column, type), column);
    }

    private static Object text(@Nullable String value) {
        return Parameters.in(R2dbcType.VARCHAR, value);
    }

    private static Object time(@Nullable Instant value) {
        return Parameters.in(R2dbcType.TIMESTAMP_WITH_TIME_ZONE, value);
    }
}
