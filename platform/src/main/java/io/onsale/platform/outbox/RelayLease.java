package io.onsale.platform.outbox;

import java.time.Duration;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/** The right to relay, held by one instance at a time and kept by renewing it. */
final class RelayLease {

    private static final String TAKE_OR_RENEW = """
            INSERT INTO platform.relay_lease AS lease (name, holder, until)
            VALUES ('outbox', $1, clock_timestamp() + $2 * interval '1 millisecond')
            ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until
            WHERE lease.holder = excluded.holder OR lease.until < clock_timestamp()
            """;

    private static final String GIVE_BACK = "DELETE FROM platform.relay_lease WHERE name = 'outbox' AND holder = $1";

    private final DatabaseClient database;
    private final String holder;
    private final Duration length;
    private volatile long heldUntilNanos = System.nanoTime();

    RelayLease(DatabaseClient database, String holder, Duration length) {
        this.database = database;
        this.holder = holder;
        this.length = length;
    }

    /** By this process's own clock, which also runs while the process is stopped; earlier than the database's end. */
    boolean held() {
        return heldUntilNanos - System.nanoTime() > 0;
    }

    Mono<Void> takeOrRenew() {
        return Mono.defer(() -> {
            long asked = System.nanoTime();
            return database.sql(TAKE_OR_RENEW)
                    .bind(0, holder)
                    .bind(1, length.toMillis())
                    .fetch()
                    .rowsUpdated()
                    .doOnNext(rows -> heldUntilNanos = rows == 1 ? asked + length.toNanos() : asked)
                    .then();
        });
    }

    Mono<Void> giveBack() {
        return Mono.defer(() -> {
            heldUntilNanos = System.nanoTime();
            return database.sql(GIVE_BACK).bind(0, holder).then();
        });
    }
}
