package io.onsale.ticketing.reservations.postgres;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Payment tokens that have begun a payment. */
@Component
public class UsedTokens {
    private static final String USE = """
            insert into reservations.used_payment_tokens (token_id, reservation_id) values ($1, $2)
            on conflict (token_id) do nothing
            """;

    private final DatabaseClient database;

    UsedTokens(DatabaseClient database) {
        this.database = database;
    }

    /** Whether this is its first use; joins the caller's transaction. */
    public Mono<Boolean> use(String tokenId, String reservationId) {
        return database.sql(USE)
                .bind("$1", tokenId)
                .bind("$2", reservationId)
                .fetch()
                .rowsUpdated()
                .map(rows -> rows == 1);
    }
}
