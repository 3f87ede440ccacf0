package io.onsale.ticketing.accounts.postgres;

import io.onsale.ticketing.accounts.model.Letter;
import java.time.Instant;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** Accounts that nobody uses. Any number of instances may look for them at once: each row is met by one. */
@Repository
public class DormantAccounts {
    private final DatabaseClient db;

    DormantAccounts(DatabaseClient db) {
        this.db = db;
    }

    /** Writes to owners who were last seen before, once, and answers to how many. */
    public Mono<Long> tell(Instant seenBefore, int atMost, Instant now) {
        return db.sql("""
                        with due as (select id from accounts.users
                                     where status = 'ACTIVE' and email is not null and dormancy_told_at is null
                                       and last_active_at < :before
                                     order by last_active_at limit :n for update skip locked),
                             told as (update accounts.users u set dormancy_told_at = :now from due
                                      where u.id = due.id returning u.id, u.language)
                        insert into accounts.mails (id, kind, language, user_id, created_at, due_at)
                        select gen_random_uuid(), :kind, language, id, :now, :now from told
                        """)
                .bind("before", seenBefore)
                .bind("n", atMost)
                .bind("now", now)
                .bind("kind", Letter.DORMANT_SOON.name())
                .fetch()
                .rowsUpdated();
    }

    /** Puts accounts to sleep that were last seen before and whose owners, where they can be, were told before. */
    public Mono<Long> putToSleep(Instant seenBefore, Instant toldBefore, int atMost) {
        return db.sql("""
                        update accounts.users set status = 'DORMANT', version = version + 1
                        where id in (select id from accounts.users
                                     where status = 'ACTIVE' and last_active_at < :seen
                                       and (email is null or dormancy_told_at <= :told)
                                     order by last_active_at limit :n for update skip locked)
                        """)
                .bind("seen", seenBefore)
                .bind("told", toldBefore)
                .bind("n", atMost)
                .fetch()
                .rowsUpdated();
    }
}
