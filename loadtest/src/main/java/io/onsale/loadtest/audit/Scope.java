package io.onsale.loadtest.audit;

import io.onsale.loadtest.Complaint;
import java.time.Duration;

/**
 * What is audited: one event, or everything.
 *
 * @param eventId empty for everything
 * @param bound how long a thing may be on its way (money without a ticket, an event not yet applied) before it counts as lost
 */
public record Scope(String eventId, Duration bound) {

    public Scope {
        if (!eventId.matches("[0-9a-zA-Z-]{0,64}")) {
            throw new Complaint("an event's id has letters, digits and dashes, not " + eventId);
        }
    }

    /** A SQL condition on a column that holds an event's id. */
    String on(String column) {
        return eventId.isEmpty() ? "true" : column + " = '" + eventId + "'";
    }

    boolean wants(String event) {
        return eventId.isEmpty() || eventId.equals(event);
    }

    /** A SQL interval. */
    String boundSql() {
        return "interval '" + bound.toSeconds() + " seconds'";
    }
}
