package io.onsale.ticketing.payments.postgres;

import io.onsale.ticketing.payments.Provider;
import java.time.Instant;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** Webhook ids that were taken in. */
@Repository
public class SeenWebhooks {

    private final DatabaseClient database;

    SeenWebhooks(DatabaseClient database) {
        this.database = database;
    }

    public Mono<Boolean> has(Provider provider, String webhookId) {
        return database.sql("SELECT 1 AS one FROM payments.webhooks WHERE provider = $1 AND webhook_id = $2")
                .bind(0, provider.name())
                .bind(1, webhookId)
                .map(row -> true)
                .one()
                .defaultIfEmpty(false);
    }

    public Mono<Void> add(Provider provider, String webhookId, Instant now) {
        return database.sql("INSERT INTO payments.webhooks (provider, webhook_id, received_at) VALUES ($1, $2, $3) ON"
                        + " CONFLICT DO NOTHING")
                .bind(0, provider.name())
                .bind(1, webhookId)
                .bind(2, now)
                .then();
    }

    /** Older ones are refused by their time, so nobody needs to remember them. */
    public Mono<Long> forgetBefore(Instant time) {
        return database.sql("DELETE FROM payments.webhooks WHERE received_at < $1")
                .bind(0, time)
                .fetch()
                .rowsUpdated();
    }
}
