package io.onsale.ticketing.reservations.postgres;

import io.onsale.ticketing.reservations.Buyer;
import java.time.Instant;
import java.util.Objects;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Who has confirmed reservations of an event. */
@Component
public class EventBuyers {

    private static final String BUYERS = """
            select r.user_id, count(*) as reservations, sum(c.seats)::bigint as seats, sum(c.amount)::bigint as amount,
                   min(r.confirmed_at) as since
              from reservations.reservations r,
                   lateral (select count(*) as seats, coalesce(sum(amount), 0) as amount from reservations.claims
                             where reservation_id = r.id and live) c
             where r.event_id = $1 and r.status = 'CONFIRMED'
             group by r.user_id order by since, r.user_id offset $2 limit $3
            """;

    private final DatabaseClient database;

    EventBuyers(DatabaseClient database) {
        this.database = database;
    }

    /** Who bought first comes first. */
    public Flux<Buyer> buyersOf(String eventId, int offset, int limit) {
        return database.sql(BUYERS)
                .bind("$1", eventId)
                .bind("$2", offset)
                .bind("$3", limit)
                .map(row -> new Buyer(
                        Objects.requireNonNull(row.get("user_id", String.class)),
                        Objects.requireNonNull(row.get("reservations", Long.class)),
                        Objects.requireNonNull(row.get("seats", Long.class)),
                        Objects.requireNonNull(row.get("amount", Long.class)),
                        Objects.requireNonNull(row.get("since", Instant.class))))
                .all();
    }

    public Mono<Long> countBuyersOf(String eventId) {
        return database.sql("select count(distinct user_id) from reservations.reservations"
                        + " where event_id = $1 and status = 'CONFIRMED'")
                .bind("$1", eventId)
                .map(row -> Objects.requireNonNull(row.get(0, Long.class)))
                .one();
    }
}
