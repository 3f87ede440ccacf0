package io.onsale.loadtest.audit;

import io.onsale.loadtest.Complaint;
import io.onsale.loadtest.stack.LocalStack;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Asks the stores and the provider whether the promises hold. Changes nothing. */
public final class Audit {

    private final LocalStack stack;

    private Audit(LocalStack stack) {
        this.stack = stack;
    }

    public static Audit of(LocalStack stack) {
        return new Audit(stack);
    }

    /** Of one event whose work is done: nothing may be on its way any more. */
    public List<Finding> event(String eventId) {
        return check(new Scope(eventId, Duration.ZERO));
    }

    public List<Finding> check(Scope scope) {
        ProviderBooks provider = ProviderBooks.of(stack.sandbox());
        try (Connection connection = stack.postgres()) {
            // One snapshot, so that figures of a living system fit together.
            connection.setReadOnly(true);
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            Rows rows = new Rows(connection);
            List<Finding> findings = new ArrayList<>(new SeatChecks(rows, scope).all());
            findings.addAll(new MoneyChecks(rows, scope, provider).all());
            findings.addAll(new MessageChecks(rows, scope).all());
            return findings;
        } catch (SQLException e) {
            throw new Complaint(
                    "PostgreSQL cannot be asked (" + e.getMessage() + "). Is the system up? ./onsale up", e);
        }
    }
}
