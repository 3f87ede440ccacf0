package io.onsale.loadtest.audit;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Invariant 7 as PostgreSQL has it: what left the outbox, and what consumers applied. */
final class MessageChecks {

    private final Rows rows;
    private final Scope scope;

    MessageChecks(Rows rows, Scope scope) {
        this.rows = rows;
        this.scope = scope;
    }

    List<Finding> all() {
        return List.of(published(), applied(), finishedAreApplied(), nothingParked());
    }

    /** Ids of a topic's events that are called published since then. */
    List<String> publishedSince(String topic, Instant since) {
        return rows
                .of("select event_id from platform.outbox where topic = '" + topic
                        + "' and published_at > timestamptz '" + since + "'")
                .stream()
                .map(row -> String.valueOf(row.get("event_id")))
                .toList();
    }

    private Finding published() {
        return finding(
                "outbox rows not published in time",
                "select event_id, topic, event_type, created_at from platform.outbox where published_at is null"
                        + " and created_at < clock_timestamp() - " + scope.boundSql());
    }

    private Finding applied() {
        return finding(
                        "published events that a consumer has not applied in time",
                        "select o.event_id, o.event_type, a.consumer from platform.outbox o, unnest(o.awaits) a(consumer)"
                                + " where o.finished_at is null and o.published_at is not null"
                                + " and o.created_at < clock_timestamp() - " + scope.boundSql()
                                + " and not exists (select from platform.inbox i"
                                + " where i.consumer = a.consumer and i.event_id = o.event_id)")
                .repairedBy("publish them again (published_at = null); consumers that know them ignore them");
    }

    private Finding finishedAreApplied() {
        return finding(
                "rows called finished that a consumer never applied",
                "select o.event_id, o.event_type, a.consumer from platform.outbox o, unnest(o.awaits) a(consumer)"
                        + " where o.finished_at is not null and not exists (select from platform.inbox i"
                        + " where i.consumer = a.consumer and i.event_id = o.event_id)"
                        + " and not exists (select from platform.parked p"
                        + " where p.consumer = a.consumer and p.event_id = o.event_id)");
    }

    private Finding nothingParked() {
        String ofEvent = scope.eventId().isEmpty()
                ? "true"
                : "(p.message like '%" + scope.eventId()
                        + "%' or p.aggregate_id in (select r.id from reservations.reservations r" + " where "
                        + scope.on("r.event_id") + "))";
        List<String> parked = rows
                .of(
                        "select p.consumer, p.event_type, p.aggregate_id, coalesce(p.reason, 'waits behind another') as reason"
                                + " from platform.parked p where " + ofEvent + " order by p.id")
                .stream()
                .map(Map::toString)
                .toList();
        return Finding.of("7 messages", "messages parked for an operator", parked.size(), parked);
    }

    private Finding finding(String check, String breachSql) {
        return Finding.of(
                "7 messages",
                check,
                rows.number("select count(*) from platform.outbox"),
                rows.of(breachSql).stream().map(Map::toString).toList());
    }
}
