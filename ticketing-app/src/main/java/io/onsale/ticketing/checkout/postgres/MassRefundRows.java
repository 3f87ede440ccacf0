package io.onsale.ticketing.checkout.postgres;

import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** Cancelled events and how far their bookings have gone back. */
@Repository
public class MassRefundRows {

    /**
     * @param cursor the last booking seen in the pass under way
     */
    public record MassRefund(
            String eventId,
            Instant startedAt,
            String cursor,
            @Nullable Instant finishedAt) {}

    /** A lease of half a minute: whoever takes a step and dies leaves it to the next look. */
    private static final String TAKE_STEP = """
        UPDATE checkout.mass_refunds SET next_step_at = $1::timestamptz + interval '30 seconds'
         WHERE event_id = (SELECT event_id FROM checkout.mass_refunds WHERE finished_at IS NULL AND next_step_at <= $1
                            ORDER BY next_step_at LIMIT 1 FOR UPDATE SKIP LOCKED)
        RETURNING *
        """;

    private final DatabaseClient database;

    MassRefundRows(DatabaseClient database) {
        this.database = database;
    }

    public Mono<Void> start(String eventId, Instant now) {
        return database.sql("INSERT INTO checkout.mass_refunds (event_id, started_at, next_step_at) VALUES ($1, $2, $2)"
                        + " ON CONFLICT DO NOTHING")
                .bind(0, eventId)
                .bind(1, now)
                .then();
    }

    /** A new pass, if there ever was one. */
    public Mono<Void> again(String eventId, Instant now) {
        return database.sql("UPDATE checkout.mass_refunds SET cursor = '', finished_at = NULL, next_step_at = $2"
                        + " WHERE event_id = $1")
                .bind(0, eventId)
                .bind(1, now)
                .then();
    }

    public Mono<MassRefund> takeStep(Instant now) {
        return database.sql(TAKE_STEP)
                .bind(0, now)
                .map(MassRefundRows::massRefund)
                .one();
    }

    public Mono<Void> advance(String eventId, String cursor, Instant now, Duration pause) {
        return database.sql("UPDATE checkout.mass_refunds SET cursor = $2, next_step_at = $3 WHERE event_id = $1")
                .bind(0, eventId)
                .bind(1, cursor)
                .bind(2, now.plus(pause))
                .then();
    }

    public Mono<Void> finish(String eventId, Instant now) {
        return database.sql("UPDATE checkout.mass_refunds SET finished_at = $2 WHERE event_id = $1")
                .bind(0, eventId)
                .bind(1, now)
                .then();
    }

    public Mono<MassRefund> find(String eventId) {
        return database.sql("SELECT * FROM checkout.mass_refunds WHERE event_id = $1")
                .bind(0, eventId)
                .map(MassRefundRows::massRefund)
                .one();
    }

    private static MassRefund massRefund(Readable row) {
        return new MassRefund(
                Objects.requireNonNull(row.get("event_id", String.class)),
                Objects.requireNonNull(row.get("started_at", Instant.class)),
                Objects.requireNonNull(row.get("cursor", String.class)),
                row.get("finished_at", Instant.class));
    }
}
