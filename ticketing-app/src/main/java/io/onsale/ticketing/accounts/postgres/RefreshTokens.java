package io.onsale.ticketing.accounts.postgres;

import io.onsale.platform.tokens.Role;
import io.onsale.ticketing.accounts.crypto.RefreshToken;
import io.onsale.ticketing.accounts.model.RefreshRule;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** Refresh tokens, as hashes, and their families: one family is one login on one device. */
@Repository
public class RefreshTokens {
    private static final Duration A_DAY = Duration.ofDays(1);

    private final DatabaseClient db;

    RefreshTokens(DatabaseClient db) {
        this.db = db;
    }

    /** Opens a family with its first token. */
    public Mono<Void> open(UUID family, UUID userId, byte[] device, RefreshToken first, Instant now, Instant end) {
        return db.sql("""
                        with f as (insert into accounts.refresh_families (id, user_id, device, created_at, expires_at)
                                   values (:family, :user, :device, :now, :end) returning id)
                        insert into accounts.refresh_tokens (hash, family_id, issued_at) select :hash, id, :now from f
                        """)
                .bind("family", family)
                .bind("user", userId)
                .bind("device", device)
                .bind("hash", first.hash())
                .bind("now", now)
                .bind("end", end)
                .then();
    }

    /**
     * The presented token with its family locked, so that two uses at once come one after the other. Reads twice: what a
     * statement that had to wait for the lock returns may be older than the lock.
     */
    public Mono<Stored> lock(RefreshToken presented) {
        return read(presented).flatMap(locked -> read(presented));
    }

    private Mono<Stored> read(RefreshToken presented) {
        return db.sql("""
                        select t.family_id, t.issued_at, t.used_at, t.successor, f.device, f.revoked_at, u.id as user_id, u.role,
                               u.status
                        from accounts.refresh_tokens t
                        join accounts.refresh_families f on f.id = t.family_id
                        join accounts.users u on u.id = f.user_id
                        where t.hash = :hash
                        for update of f
                        """)
                .bind("hash", presented.hash())
                .map(RefreshTokens::stored)
                .one();
    }

    /**
     * Marks the token used, remembers its sealed successor and stores that. Once a day it notes that somebody is there, unless
     * somebody else is changing the account right now: waiting for that with the family locked could be a deadlock.
     */
    public Mono<Void> rotate(UUID family, RefreshToken used, RefreshToken successor, Instant now, Instant end) {
        return db.sql("""
                        with u as (update accounts.refresh_tokens set used_at = :now, successor = :sealed where hash = :used),
                             f as (update accounts.refresh_families set expires_at = :end where id = :family),
                             s as (update accounts.users set last_active_at = :now, dormancy_told_at = null
                                   where id in (select u.id from accounts.users u
                                                join accounts.refresh_families o on o.user_id = u.id
                                                where o.id = :family and u.last_active_at < :dayAgo
                                                for update of u skip locked))
                        insert into accounts.refresh_tokens (hash, family_id, issued_at) values (:hash, :family, :now)
                        """)
                .bind("now", now)
                .bind("dayAgo", now.minus(A_DAY))
                .bind("sealed", used.seal(successor))
                .bind("used", used.hash())
                .bind("family", family)
                .bind("hash", successor.hash())
                .bind("end", end)
                .then();
    }

    /** Ends a family. */
    public Mono<Void> revoke(UUID family, Instant now) {
        return db.sql(
                        "update accounts.refresh_families set revoked_at = :now where id = :family and revoked_at is null")
                .bind("family", family)
                .bind("now", now)
                .then();
    }

    /** Ends the family of a token, if it is that user's. */
    public Mono<Void> revokeOf(UUID userId, RefreshToken token, Instant now) {
        return db.sql("""
                        update accounts.refresh_families f set revoked_at = :now from accounts.refresh_tokens t
                        where t.hash = :hash and f.id = t.family_id and f.user_id = :user and f.revoked_at is null
                        """)
                .bind("hash", token.hash())
                .bind("user", userId)
                .bind("now", now)
                .then();
    }

    /** Ends every family of a user. */
    public Mono<Void> revokeAll(UUID userId, Instant now) {
        return db.sql(
                        "update accounts.refresh_families set revoked_at = :now where user_id = :user and revoked_at is null")
                .bind("user", userId)
                .bind("now", now)
                .then();
    }

    /** Deletes families that ended before, with their tokens, and answers how many. */
    public Mono<Long> forgetEndedBefore(Instant end, int atMost) {
        return db.sql("""
                        delete from accounts.refresh_families
                        where id in (select id from accounts.refresh_families where expires_at < :end
                                     order by expires_at limit :n for update skip locked)
                        """).bind("end", end).bind("n", atMost).fetch().rowsUpdated();
    }

    private static Stored stored(Readable row) {
        return new Stored(
                Objects.requireNonNull(row.get("family_id", UUID.class)),
                Objects.requireNonNull(row.get("user_id", UUID.class)),
                Role.valueOf(Objects.requireNonNull(row.get("role", String.class))),
                new RefreshRule.Presented(
                        Objects.requireNonNull(row.get("issued_at", Instant.class)),
                        row.get("used_at", Instant.class),
                        row.get("revoked_at", Instant.class) != null
                                || "WITHDRAWN".equals(row.get("status", String.class)),
                        Objects.requireNonNull(row.get("device", byte[].class))),
                row.get("successor", byte[].class));
    }

    /** A token with what is known of its family and user. */
    @SuppressWarnings("ArrayRecordComponent")
    public record Stored(
            UUID family, UUID userId, Role role, RefreshRule.Presented presented, byte @Nullable [] successor) {}
}
