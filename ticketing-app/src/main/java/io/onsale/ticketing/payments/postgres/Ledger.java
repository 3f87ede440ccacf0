package io.onsale.ticketing.payments.postgres;

import io.onsale.ticketing.payments.model.Payment;
import java.time.Instant;
import java.util.List;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/**
 * The books, double entry: a plus is what we have (or are owed), a minus is what we owe. Each posting sums to zero, which the
 * database checks at commit; a posting is made once, which its key checks.
 */
@Repository
public class Ledger {

    private static final String ENTER = """
        INSERT INTO payments.ledger (posting, account, amount, payment_id, at)
        SELECT $1, account, amount, $4, $5 FROM unnest($2, $3) AS entry (account, amount)
        """;

    private record Entry(String account, long amount) {}

    private final DatabaseClient database;

    Ledger(DatabaseClient database) {
        this.database = database;
    }

    /** The provider holds the buyer's money for us; we owe it as sales. */
    public Mono<Void> captured(Payment payment, Instant now) {
        long amount = payment.money().captured();
        return post("capture:" + payment.id(), payment, now, entries(payment, amount));
    }

    /** The provider gave it back. */
    public Mono<Void> refunded(Payment payment, String refundId, long amount, Instant now) {
        return post("refund:" + refundId, payment, now, entries(payment, -amount));
    }

    /** Of a cancelled sale, this stays with the house. */
    public Mono<Void> fee(Payment payment, String refundId, long fee, Instant now) {
        String eventId = payment.order().eventId();
        return post(
                "fee:" + refundId,
                payment,
                now,
                List.of(new Entry("sales:" + eventId, fee), new Entry("fees:" + eventId, -fee)));
    }

    private static List<Entry> entries(Payment payment, long amount) {
        return List.of(
                new Entry("provider:" + payment.order().provider(), amount),
                new Entry("sales:" + payment.order().eventId(), -amount));
    }

    private Mono<Void> post(String posting, Payment payment, Instant now, List<Entry> entries) {
        if (entries.get(0).amount() == 0) {
            return Mono.empty();
        }
        return database.sql(ENTER)
                .bind(0, posting)
                .bind(1, entries.stream().map(Entry::account).toArray(String[]::new))
                .bind(2, entries.stream().map(Entry::amount).toArray(Long[]::new))
                .bind(3, payment.id())
                .bind(4, now)
                .then();
    }
}
