package io.onsale.loadtest.audit;

import io.onsale.loadtest.stack.LocalStack;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * The repairs that are known. Each only makes the system's own machinery look again: no state, no money and no seat is changed from
 * here.
 */
final class Repairs {

    private final LocalStack stack;

    Repairs(LocalStack stack) {
        this.stack = stack;
    }

    /** What was done, with counts. */
    List<String> run(Scope scope) {
        List<String> done = new ArrayList<>();
        try (Connection connection = stack.postgres();
                Statement statement = connection.createStatement()) {
            int asked = statement.executeUpdate(
                    "update payments.payments p set next_check_at = clock_timestamp() where " + scope.on("p.event_id")
                            + " and p.provider <> 'FREE' and not exists (select from reservations.reservations r"
                            + " where r.payment_id = p.id and r.status = 'CONFIRMED')"
                            + " and p.refunded < p.captured + case when p.captured = 0 then 1 else 0 end"
                            + " and p.updated_at < clock_timestamp() - " + scope.boundSql());
            done.add("the provider is asked again about " + asked + " payments without a confirmed booking");
            int sent = statement.executeUpdate(
                    "update platform.outbox set published_at = null where finished_at is null and published_at is not null"
                            + " and created_at < clock_timestamp() - " + scope.boundSql());
            done.add(sent + " events are published again");
            return done;
        } catch (SQLException e) {
            throw new IllegalStateException("the repair was refused: " + e.getMessage(), e);
        }
    }
}
