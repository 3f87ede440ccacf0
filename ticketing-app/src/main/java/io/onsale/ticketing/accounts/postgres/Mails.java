package io.onsale.ticketing.accounts.postgres;

import io.onsale.platform.Ids;
import io.onsale.ticketing.accounts.crypto.PersonalData;
import io.onsale.ticketing.accounts.model.EmailAddress;
import io.onsale.ticketing.accounts.model.Language;
import io.onsale.ticketing.accounts.model.Letter;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Mail on its way. What is written here in somebody's transaction goes out after its commit, and not at all without it. */
@Repository
public class Mails {
    private final DatabaseClient db;
    private final PersonalData personal;

    Mails(DatabaseClient db, PersonalData personal) {
        this.db = db;
        this.personal = personal;
    }

    /** A letter to an account. */
    public Mono<Void> write(Letter letter, Language language, UUID userId, Instant now) {
        return db.sql("""
                        insert into accounts.mails (id, kind, language, user_id, created_at, due_at)
                        values (:id, :kind, :language, :user, :now, :now)
                        """)
                .bind("id", Ids.nextUuid())
                .bind("kind", letter.name())
                .bind("language", language.code())
                .bind("user", userId)
                .bind("now", now)
                .then();
    }

    /** A letter to an account in the language it was made in. */
    public Mono<Void> write(Letter letter, UUID userId, Instant now) {
        return db.sql("""
                        insert into accounts.mails (id, kind, language, user_id, created_at, due_at)
                        select :id, :kind, language, id, :now, :now from accounts.users where id = :user and email is not null
                        """)
                .bind("id", Ids.nextUuid())
                .bind("kind", letter.name())
                .bind("user", userId)
                .bind("now", now)
                .then();
    }

    /** A letter that tells these details, in the language the account was made in; none where there is no address. */
    public Mono<Void> write(Letter letter, UUID userId, String details, Instant now) {
        return db.sql("""
                        insert into accounts.mails (id, kind, language, user_id, details, created_at, due_at)
                        select :id, :kind, language, id, :details, :now, :now
                        from accounts.users where id = :user and email is not null
                        """)
                .bind("id", Ids.nextUuid())
                .bind("kind", letter.name())
                .bind("user", userId)
                .bind("details", details)
                .bind("now", now)
                .then();
    }

    /** A letter to whoever has this address, if anybody has. */
    public Mono<Void> write(Letter letter, Language language, EmailAddress to, Instant now) {
        return db.sql("""
                        insert into accounts.mails (id, kind, language, email_hash, created_at, due_at)
                        values (:id, :kind, :language, :hash, :now, :now)
                        """)
                .bind("id", Ids.nextUuid())
                .bind("kind", letter.name())
                .bind("language", language.code())
                .bind("hash", personal.index(Users.EMAIL, to.value()))
                .bind("now", now)
                .then();
    }

    /** Takes letters that are due; nobody else gets them until the lease ends. */
    public Flux<Due> take(int atMost, Duration lease, Instant now) {
        return db.sql("""
                        with due as (select id from accounts.mails where done_at is null and due_at <= :now
                                     order by due_at limit :n for update skip locked)
                        update accounts.mails m set attempts = attempts + 1, due_at = :until
                        from due where m.id = due.id
                        returning m.id, m.kind, m.language, m.user_id, m.email_hash, m.details, m.created_at, m.attempts
                        """)
                .bind("now", now)
                .bind("n", atMost)
                .bind("until", now.plus(lease))
                .map(Mails::due)
                .all();
    }

    /** Tries again then. */
    public Mono<Void> postpone(UUID id, Instant until) {
        return db.sql("update accounts.mails set due_at = :until where id = :id and done_at is null")
                .bind("id", id)
                .bind("until", until)
                .then();
    }

    /** The end of a letter's way. */
    public Mono<Void> finish(UUID id, Outcome outcome, Instant at) {
        return db.sql("update accounts.mails set outcome = :outcome, done_at = :at where id = :id and done_at is null")
                .bind("id", id)
                .bind("outcome", outcome.name())
                .bind("at", at)
                .then();
    }

    /** Erases every letter to the account and to the address it has. */
    public Mono<Void> erase(UUID userId) {
        return db.sql("""
                        delete from accounts.mails
                        where user_id = :user or email_hash = (select email_hash from accounts.users where id = :user)
                        """).bind("user", userId).then();
    }

    /** Forgets what ended before. */
    public Mono<Void> forgetBefore(Instant end) {
        return db.sql("delete from accounts.mails where done_at < :end")
                .bind("end", end)
                .then();
    }

    private static Due due(Readable row) {
        return new Due(
                Objects.requireNonNull(row.get("id", UUID.class)),
                Letter.valueOf(Objects.requireNonNull(row.get("kind", String.class))),
                Language.ofCode(Objects.requireNonNull(row.get("language", String.class))),
                row.get("user_id", UUID.class),
                row.get("email_hash", byte[].class),
                row.get("details", String.class),
                Objects.requireNonNull(row.get("created_at", Instant.class)),
                Objects.requireNonNull(row.get("attempts", Integer.class)));
    }

    /** How a letter's way ended. */
    public enum Outcome {
        SENT,
        /** Nobody to send it to, or no need to any more. */
        NOBODY,
        GIVEN_UP
    }

    /**
     * A letter to be sent: to an account or to an address.
     *
     * @param details JSON of what the letter tells; null where it tells nothing in particular
     * @param attempts with this one
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Due(
            UUID id,
            Letter letter,
            Language language,
            @Nullable UUID userId,
            byte @Nullable [] emailHash,
            @Nullable String details,
            Instant createdAt,
            int attempts) {}
}
