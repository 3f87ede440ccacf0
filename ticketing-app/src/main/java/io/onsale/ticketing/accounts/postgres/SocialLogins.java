package io.onsale.ticketing.accounts.postgres;

import io.onsale.ticketing.accounts.postgres.CredentialRows.Credentials;
import java.time.Instant;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** Which account elsewhere opens which account here, and which identity verifications were used. */
@Repository
public class SocialLogins {
    private final DatabaseClient db;

    SocialLogins(DatabaseClient db) {
        this.db = db;
    }

    /** The account that this person at this provider logs in to. */
    public Mono<Credentials> find(String provider, String subject) {
        return db.sql("""
                        select u.id, u.role, u.password_hash from accounts.social_logins s
                        join accounts.users u on u.id = s.user_id and u.status <> 'WITHDRAWN'
                        where s.provider = :provider and s.subject = :subject
                        """)
                .bind("provider", provider)
                .bind("subject", subject)
                .map(CredentialRows::credentialsOf)
                .one();
    }

    /** Links the two; the newer link wins where the older account was withdrawn. */
    public Mono<Void> link(String provider, String subject, UUID userId, Instant at) {
        return db.sql("""
                        insert into accounts.social_logins (provider, subject, user_id, linked_at)
                        values (:provider, :subject, :user, :at)
                        on conflict (provider, subject) do update set user_id = :user, linked_at = :at
                        """)
                .bind("provider", provider)
                .bind("subject", subject)
                .bind("user", userId)
                .bind("at", at)
                .then();
    }

    /** Ends every link of an account. */
    public Mono<Void> unlinkAll(UUID userId) {
        return db.sql("delete from accounts.social_logins where user_id = :user")
                .bind("user", userId)
                .then();
    }

    /** Uses up an identity verification; false when it was used before. */
    public Mono<Boolean> useIdentity(String verificationId, Instant at) {
        return db.sql("""
                        insert into accounts.used_identities (verification_id, used_at) values (:id, :at)
                        on conflict do nothing
                        """)
                .bind("id", verificationId)
                .bind("at", at)
                .fetch()
                .rowsUpdated()
                .map(rows -> rows == 1);
    }
}
