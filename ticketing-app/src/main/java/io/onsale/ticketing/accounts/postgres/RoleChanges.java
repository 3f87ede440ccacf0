package io.onsale.ticketing.accounts.postgres;

import io.onsale.platform.tokens.Role;
import java.time.Instant;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** Who gave which role to whom; never changed, never deleted. */
@Repository
public class RoleChanges {
    private final DatabaseClient db;

    RoleChanges(DatabaseClient db) {
        this.db = db;
    }

    /** Records a change. */
    public Mono<Void> add(UUID id, UUID userId, UUID changedBy, Role before, Role after, Instant at) {
        return db.sql("""
                        insert into accounts.role_changes (id, user_id, changed_by, before, after, at)
                        values (:id, :user, :by, :before, :after, :at)
                        """)
                .bind("id", id)
                .bind("user", userId)
                .bind("by", changedBy)
                .bind("before", before.name())
                .bind("after", after.name())
                .bind("at", at)
                .then();
    }
}
