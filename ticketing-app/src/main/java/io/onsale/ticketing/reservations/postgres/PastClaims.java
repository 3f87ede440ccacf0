package io.onsale.ticketing.reservations.postgres;

import java.util.List;
import java.util.Objects;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Claims that are over. */
@Component
public class PastClaims {

    /** Seats changed away from ended earlier, under an older version of the claim's reservation: the end marks all at once. */
    private static final String LAST = """
            select seat_id from reservations.claims
             where reservation_id = $1 and not live and ended_at = (
                 select max(ended_at) from reservations.claims where reservation_id = $1 and not live)
             order by seat_id
            """;

    private final DatabaseClient database;

    PastClaims(DatabaseClient database) {
        this.database = database;
    }

    /** The seats a reservation had when it ended. */
    public Mono<List<String>> lastSeats(String reservationId) {
        return database.sql(LAST)
                .bind("$1", reservationId)
                .map(row -> Objects.requireNonNull(row.get(0, String.class)))
                .all()
                .collectList();
    }
}
