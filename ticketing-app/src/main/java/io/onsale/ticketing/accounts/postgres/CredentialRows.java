package io.onsale.ticketing.accounts.postgres;

import io.onsale.platform.tokens.Role;
import io.onsale.ticketing.accounts.model.EmailAddress;
import io.r2dbc.spi.Readable;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** What of an account's row opens it. */
@Repository
public class CredentialRows {
    private final DatabaseClient db;
    private final Users users;

    CredentialRows(DatabaseClient db, Users users) {
        this.db = db;
        this.users = users;
    }

    /** What is needed to log in with this e-mail address. */
    public Mono<Credentials> find(EmailAddress email) {
        return db.sql("select id, role, password_hash from accounts.users where email_hash = :hash")
                .bind("hash", users.emailIndex(email))
                .map(CredentialRows::credentialsOf)
                .one();
    }

    /** The credentials of an account. */
    public Mono<Credentials> find(UUID id) {
        return db.sql("select id, role, password_hash from accounts.users where id = :id and status <> 'WITHDRAWN'")
                .bind("id", id)
                .map(CredentialRows::credentialsOf)
                .one();
    }

    /** Replaces the password's hash. */
    public Mono<Void> setPasswordHash(UUID id, String hash) {
        return db.sql("update accounts.users set password_hash = :hash, version = version + 1 where id = :id")
                .bind("id", id)
                .bind("hash", hash)
                .then();
    }

    static Credentials credentialsOf(Readable row) {
        return new Credentials(
                Objects.requireNonNull(row.get("id", UUID.class)),
                Role.valueOf(Objects.requireNonNull(row.get("role", String.class))),
                row.get("password_hash", String.class));
    }

    /** An account's way in; no hash when it has no password. */
    public record Credentials(UUID id, Role role, @Nullable String passwordHash) {}
}
