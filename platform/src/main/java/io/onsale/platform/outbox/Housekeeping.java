package io.onsale.platform.outbox;

import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/** Finishes rows whose consumers hold them, sends again those that got lost, forgets the old. */
final class Housekeeping {

    /** A parked message is held, too: by a person's attention. */
    private static final String FINISH = """
            UPDATE platform.outbox SET finished_at = clock_timestamp() WHERE seq IN (
                SELECT o.seq FROM platform.outbox o
                 WHERE o.finished_at IS NULL AND o.published_at IS NOT NULL
                   AND NOT EXISTS (
                     SELECT FROM unnest(o.awaits) AS awaited(consumer)
                      WHERE NOT EXISTS (SELECT FROM platform.inbox i
                                         WHERE i.consumer = awaited.consumer AND i.event_id = o.event_id)
                        AND NOT EXISTS (SELECT FROM platform.parked p
                                         WHERE p.consumer = awaited.consumer AND p.event_id = o.event_id))
                 LIMIT 5000)
            """;

    /** With a lost row, the later ones of its key go again: their consumers tell which they hold. */
    private static final String SEND_AGAIN = """
            UPDATE platform.outbox o SET published_at = NULL
              FROM (SELECT topic, key, min(seq) AS seq FROM platform.outbox
                     WHERE finished_at IS NULL AND published_at < statement_timestamp() - $1 * interval '1 millisecond'
                     GROUP BY topic, key LIMIT 500) AS lost
             WHERE o.topic = lost.topic AND o.key = lost.key AND o.seq >= lost.seq
               AND o.finished_at IS NULL AND o.published_at IS NOT NULL
            """;

    private static final String FORGET_FINISHED = """
            DELETE FROM platform.outbox WHERE seq IN (
                SELECT seq FROM platform.outbox
                 WHERE finished_at < statement_timestamp() - $1 * interval '1 millisecond' LIMIT 5000)
            """;

    private static final String FORGET_APPLIED = """
            DELETE FROM platform.inbox WHERE ctid IN (
                SELECT ctid FROM platform.inbox
                 WHERE applied_at < statement_timestamp() - $1 * interval '1 millisecond' LIMIT 5000)
            """;

    private final DatabaseClient database;
    private final OutboxSettings settings;

    Housekeeping(DatabaseClient database, OutboxSettings settings) {
        this.database = database;
        this.settings = settings;
    }

    Mono<Long> finish() {
        return database.sql(FINISH).fetch().rowsUpdated();
    }

    Mono<Long> sendLostAgain() {
        return aged(SEND_AGAIN, settings.resendAfter().toMillis());
    }

    Mono<Void> forgetOld() {
        return aged(FORGET_FINISHED, settings.keepFinished().toMillis())
                .then(aged(FORGET_APPLIED, settings.keepApplied().toMillis()))
                .then();
    }

    private Mono<Long> aged(String sql, long millis) {
        return database.sql(sql).bind(0, millis).fetch().rowsUpdated();
    }
}
