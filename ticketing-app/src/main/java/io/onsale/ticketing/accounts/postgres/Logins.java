package io.onsale.ticketing.accounts.postgres;

import io.onsale.platform.Ids;
import io.onsale.ticketing.accounts.model.Visit;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Login history. */
@Repository
public class Logins {
    private final DatabaseClient db;

    Logins(DatabaseClient db) {
        this.db = db;
    }

    /** Records an attempt; suspicious when earlier logins all came from other devices and addresses. */
    public Mono<Void> record(UUID userId, Visit visit, String method, boolean success, Instant at) {
        return db.sql("""
                        insert into accounts.logins (id, user_id, at, ip, user_agent, method, success, suspicious)
                        select :id, :user, :at, :ip, :agent, :method, :success,
                               exists (select from accounts.logins where user_id = :user and success)
                               and not exists (select from accounts.logins
                                               where user_id = :user and success and (user_agent = :agent or ip = :ip))
                        """)
                .bind("id", Ids.nextUuid())
                .bind("user", userId)
                .bind("at", at)
                .bind("ip", visit.ip())
                .bind("agent", visit.userAgent())
                .bind("method", method)
                .bind("success", success)
                .then();
    }

    /** One page of a user's history, newest first. */
    public Flux<Login> page(UUID userId, int page, int size) {
        return db.sql("""
                        select at, ip, user_agent, method, success, suspicious from accounts.logins
                        where user_id = :user order by at desc, id desc limit :size offset :skip
                        """)
                .bind("user", userId)
                .bind("size", size)
                .bind("skip", (long) page * size)
                .map(row -> new Login(
                        Objects.requireNonNull(row.get("at", Instant.class)),
                        Objects.requireNonNullElse(row.get("ip", String.class), ""),
                        Objects.requireNonNullElse(row.get("user_agent", String.class), ""),
                        Objects.requireNonNull(row.get("method", String.class)),
                        Boolean.TRUE.equals(row.get("success", Boolean.class)),
                        Boolean.TRUE.equals(row.get("suspicious", Boolean.class))))
                .all();
    }

    /** Number of entries in a user's history. */
    public Mono<Long> count(UUID userId) {
        return db.sql("select count(*) from accounts.logins where user_id = :user")
                .bind("user", userId)
                .mapValue(Long.class)
                .one();
    }

    /** Erases a user's history. */
    public Mono<Void> erase(UUID userId) {
        return db.sql("delete from accounts.logins where user_id = :user")
                .bind("user", userId)
                .then();
    }

    /**
     * An attempt to log in.
     *
     * @param method {@code PASSWORD} or the provider's name
     */
    public record Login(Instant at, String ip, String userAgent, String method, boolean success, boolean suspicious) {}
}
