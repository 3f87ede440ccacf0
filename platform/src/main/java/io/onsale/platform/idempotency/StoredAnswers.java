package io.onsale.platform.idempotency;

import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/**
 * The table of answers. A lost row does no harm, since the work itself knows its request again: so these short transactions do not
 * wait for the disk.
 */
final class StoredAnswers {

    /** One statement decides who works: the first to come, or whoever comes after a lease ran out. */
    private static final String BEGIN = """
            with fast as materialized (select set_config('synchronous_commit', 'off', true) as mode)
            insert into platform.idempotent_requests as r
                (user_id, route, key, fingerprint, started_at, lease_ends_at, lease_id)
            select $1, $2, $3, $4, clock_timestamp(), clock_timestamp() + $5 * interval '1 millisecond', $6 from fast
            on conflict (user_id, route, key) do update
               set lease_ends_at = case when r.status is null and r.lease_ends_at <= clock_timestamp()
                                             and r.fingerprint = excluded.fingerprint
                                        then excluded.lease_ends_at else r.lease_ends_at end,
                   lease_id = case when r.status is null and r.lease_ends_at <= clock_timestamp()
                                        and r.fingerprint = excluded.fingerprint
                                   then excluded.lease_id else r.lease_id end
            returning fingerprint, lease_id, status, content_type, body
            """;

    private static final String FINISH = """
            update platform.idempotent_requests set status = $5, content_type = $6, body = $7
             where user_id = $1 and route = $2 and key = $3 and lease_id = $4
               and set_config('synchronous_commit', 'off', true) = 'off'
            """;
    private static final String LET_GO = """
            update platform.idempotent_requests set lease_ends_at = clock_timestamp()
             where user_id = $1 and route = $2 and key = $3 and lease_id = $4 and status is null
            """;
    /** By the whole key, so that each is one look into the index. */
    private static final String RENEW = """
            update platform.idempotent_requests r
               set lease_ends_at = clock_timestamp() + $5 * interval '1 millisecond'
              from unnest($1::text[], $2::text[], $3::text[], $4::uuid[]) as held (user_id, route, key, lease_id)
             where r.user_id = held.user_id and r.route = held.route and r.key = held.key
               and r.lease_id = held.lease_id and r.status is null
               and set_config('synchronous_commit', 'off', true) = 'off'
            """;

    private static final String FORGET = """
            delete from platform.idempotent_requests where ctid = any (array(
                select ctid from platform.idempotent_requests
                 where started_at < statement_timestamp() - $1 * interval '1 second' limit 5000))
            """;

    private final DatabaseClient database;

    StoredAnswers(DatabaseClient database) {
        this.database = database;
    }

    /** Who this request is. */
    sealed interface Begun {

        /** Do the work, then {@link #finish} under this lease. */
        record Work(UUID lease) implements Begun {}

        /** It was answered before. */
        record Answered(Answer answer) implements Begun {}

        /** Somebody works on it right now. */
        record InFlight() implements Begun {}

        /** The key stands for another request. */
        record Different() implements Begun {}
    }

    /** What was answered. */
    record Answer(int status, @Nullable String contentType, byte[] body) {}

    Mono<Begun> begin(IdempotentRequest request, Duration lease) {
        UUID mine = UUID.randomUUID();
        return named(BEGIN, request)
                .bind("$4", request.fingerprint())
                .bind("$5", lease.toMillis())
                .bind("$6", mine)
                .map(row -> begun(row, request, mine))
                .one();
    }

    private static Begun begun(Readable row, IdempotentRequest request, UUID mine) {
        if (!Arrays.equals(row.get("fingerprint", byte[].class), request.fingerprint())) {
            return new Begun.Different();
        }
        Integer status = row.get("status", Integer.class);
        if (status != null) {
            byte[] body = Objects.requireNonNullElse(row.get("body", byte[].class), new byte[0]);
            return new Begun.Answered(new Answer(status, row.get("content_type", String.class), body));
        }
        return mine.equals(row.get("lease_id", UUID.class)) ? new Begun.Work(mine) : new Begun.InFlight();
    }

    Mono<Void> finish(IdempotentRequest request, UUID lease, Answer answer) {
        var update = named(FINISH, request).bind("$4", lease).bind("$5", answer.status());
        update = answer.contentType() == null
                ? update.bindNull("$6", String.class)
                : update.bind("$6", answer.contentType());
        return update.bind("$7", answer.body()).fetch().rowsUpdated().then();
    }

    /** The next one may work on it at once; a different body is still refused. */
    Mono<Void> letGo(IdempotentRequest request, UUID lease) {
        return named(LET_GO, request).bind("$4", lease).fetch().rowsUpdated().then();
    }

    /** Those of them that are still ours last so much longer from now. */
    Mono<Long> renew(Map<UUID, IdempotentRequest> held, Duration lease) {
        List<Map.Entry<UUID, IdempotentRequest>> all = List.copyOf(held.entrySet());
        return database.sql(RENEW)
                .bind("$1", column(all, entry -> entry.getValue().userId()))
                .bind("$2", column(all, entry -> entry.getValue().route()))
                .bind("$3", column(all, entry -> entry.getValue().key()))
                .bind("$4", all.stream().map(Map.Entry::getKey).toArray(UUID[]::new))
                .bind("$5", lease.toMillis())
                .fetch()
                .rowsUpdated();
    }

    private static String[] column(
            List<Map.Entry<UUID, IdempotentRequest>> held, Function<Map.Entry<UUID, IdempotentRequest>, String> value) {
        return held.stream().map(value).toArray(String[]::new);
    }

    Mono<Long> forgetOlderThan(Duration age) {
        return database.sql(FORGET).bind("$1", age.toSeconds()).fetch().rowsUpdated();
    }

    private DatabaseClient.GenericExecuteSpec named(String sql, IdempotentRequest request) {
        return database.sql(sql)
                .bind("$1", request.userId())
                .bind("$2", request.route())
                .bind("$3", request.key());
    }
}
