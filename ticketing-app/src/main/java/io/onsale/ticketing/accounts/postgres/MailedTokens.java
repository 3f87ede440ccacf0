package io.onsale.ticketing.accounts.postgres;

import io.onsale.ticketing.accounts.crypto.MailedToken;
import io.onsale.ticketing.accounts.crypto.PersonalData;
import io.onsale.ticketing.accounts.model.EmailAddress;
import io.onsale.ticketing.accounts.model.Letter;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** What mailed links carry, as hashes. Each opens one account once, as long as that has the address it was sent to. */
@Repository
public class MailedTokens {
    private final DatabaseClient db;
    private final PersonalData personal;

    MailedTokens(DatabaseClient db, PersonalData personal) {
        this.db = db;
        this.personal = personal;
    }

    /** Remembers a token that is about to be mailed. */
    public Mono<Void> add(MailedToken token, Letter letter, UUID userId, EmailAddress to, Instant end) {
        return db.sql("""
                        insert into accounts.mailed_tokens (hash, kind, user_id, email_hash, expires_at)
                        values (:hash, :kind, :user, :email, :end)
                        """)
                .bind("hash", token.hash(letter))
                .bind("kind", letter.name())
                .bind("user", userId)
                .bind("email", personal.index(Users.EMAIL, to.value()))
                .bind("end", end)
                .then();
    }

    /** Whose account it opens, without using it up; empty when it is unknown, used, too old or sent to another address. */
    public Mono<UUID> find(MailedToken token, Letter letter, Instant now) {
        return db.sql("""
                        select t.user_id from accounts.mailed_tokens t
                        join accounts.users u on u.id = t.user_id and u.email_hash = t.email_hash
                        where t.hash = :hash and t.expires_at > :now
                        """)
                .bind("hash", token.hash(letter))
                .bind("now", now)
                .map(row -> Objects.requireNonNull(row.get("user_id", UUID.class)))
                .one();
    }

    /** As {@link #find}, and for the last time: it and every other one for the same purpose is gone. Locks the account first. */
    public Mono<UUID> use(MailedToken token, Letter letter, Instant now) {
        return db.sql("""
                        with owner as (select u.id, t.hash from accounts.mailed_tokens t
                                       join accounts.users u on u.id = t.user_id and u.email_hash = t.email_hash
                                       where t.hash = :hash and t.expires_at > :now
                                       for update of u)
                        delete from accounts.mailed_tokens t using owner o where t.hash = o.hash returning t.user_id
                        """)
                .bind("hash", token.hash(letter))
                .bind("now", now)
                .map(row -> Objects.requireNonNull(row.get("user_id", UUID.class)))
                .one()
                .delayUntil(userId -> forget(userId, letter));
    }

    /** Ends every link of this kind that an account was sent. */
    public Mono<Void> forget(UUID userId, Letter letter) {
        return db.sql("delete from accounts.mailed_tokens where user_id = :user and kind = :kind")
                .bind("user", userId)
                .bind("kind", letter.name())
                .then();
    }

    /** Ends every link that an account was sent. */
    public Mono<Void> erase(UUID userId) {
        return db.sql("delete from accounts.mailed_tokens where user_id = :user")
                .bind("user", userId)
                .then();
    }

    /** Forgets what nobody can use any more. */
    public Mono<Void> forgetBefore(Instant end) {
        return db.sql("delete from accounts.mailed_tokens where expires_at < :end")
                .bind("end", end)
                .then();
    }
}
