package io.onsale.ticketing.checkout.postgres;

import io.onsale.ticketing.checkout.model.RefundPolicy;
import io.r2dbc.postgresql.codec.Json;
import java.time.Instant;
import java.util.Objects;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** The refund policies of events, version by version; the Korean standard where none was set. */
@Repository
public class RefundPolicies {

    /** Version 0 is the standard. */
    public record Versioned(int version, RefundPolicy policy) {

        static final Versioned STANDARD = new Versioned(0, RefundPolicy.KOREAN_STANDARD);
    }

    private static final JsonMapper JSON = JsonMapper.shared();

    private static final String ADD = """
        INSERT INTO checkout.refund_policies (event_id, version, policy, valid_from, set_by)
        SELECT $1, coalesce(max(version), 0) + 1, $2, $3, $4 FROM checkout.refund_policies WHERE event_id = $1
        RETURNING version
        """;

    private final DatabaseClient database;

    RefundPolicies(DatabaseClient database) {
        this.database = database;
    }

    /** The one that was in force then: a booking keeps what it was made under. */
    public Mono<Versioned> inForce(String eventId, Instant then) {
        return database.sql(
                        "SELECT version, policy FROM checkout.refund_policies WHERE event_id = $1 AND valid_from <= $2"
                                + " ORDER BY version DESC LIMIT 1")
                .bind(0, eventId)
                .bind(1, then)
                .map(row -> new Versioned(
                        Objects.requireNonNull(row.get("version", Integer.class)),
                        JSON.readValue(
                                Objects.requireNonNull(row.get("policy", Json.class))
                                        .asString(),
                                RefundPolicy.class)))
                .one()
                .defaultIfEmpty(Versioned.STANDARD);
    }

    /** The new version's number. Two at once: one of them fails and may try again. */
    public Mono<Integer> add(String eventId, RefundPolicy policy, String setBy, Instant now) {
        return database.sql(ADD)
                .bind(0, eventId)
                .bind(1, Json.of(JSON.writeValueAsString(policy)))
                .bind(2, now)
                .bind(3, setBy)
                .map(row -> Objects.requireNonNull(row.get("version", Integer.class)))
                .one();
    }
}
