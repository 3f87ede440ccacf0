package io.onsale.loadtest.audit;

import io.onsale.loadtest.Complaint;
import io.onsale.loadtest.history.History;
import io.onsale.loadtest.stack.Events;
import io.onsale.loadtest.stack.LocalStack;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Asks the stores and the provider whether the promises hold. Changes nothing. */
public final class Audit {

    private static final List<String> TOPICS =
            List.of("event.events", "reservation.events", "payment.events", "ticket.events", "user.events");

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
        List<Finding> findings = new ArrayList<>(inPostgres(scope));
        findings.addAll(inKafkaAndRedis(scope));
        if (scope.eventId().isEmpty()) {
            findings.add(publishedIsInTheLog());
        }
        return findings;
    }

    /** PostgreSQL is asked first: what it calls published then, the log has had since. */
    private Finding publishedIsInTheLog() {
        Events events = new Events(stack.kafka());
        List<String> published = new ArrayList<>();
        List<JsonNode> log = new ArrayList<>();
        try (Connection connection = stack.postgres()) {
            MessageChecks messages = new MessageChecks(new Rows(connection), new Scope("", Duration.ZERO));
            for (String topic : TOPICS) {
                Optional<Instant> beginning = events.beginning(topic);
                beginning.ifPresent(since -> published.addAll(messages.publishedSince(topic, since)));
                log.addAll(events.all(topic));
            }
        } catch (SQLException e) {
            throw unreadable(e);
        }
        return LogChecks.sent(published, log);
    }

    private static Complaint unreadable(SQLException e) {
        return new Complaint("PostgreSQL cannot be asked (" + e.getMessage() + "). Is the system up? ./onsale up", e);
    }

    private List<Finding> inPostgres(Scope scope) {
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
            findings.addAll(new HistoryChecks(rows, scope, History.read(stack, scope.eventId())).all());
            return findings;
        } catch (SQLException e) {
            throw unreadable(e);
        }
    }

    private List<Finding> inKafkaAndRedis(Scope scope) {
        Events events = new Events(stack.kafka());
        Map<String, JsonNode> rooms = new LinkedHashMap<>();
        Map<String, Long> rates = new LinkedHashMap<>();
        List<JsonNode> eventEvents = events.all("event.events");
        for (JsonNode envelope : eventEvents) {
            JsonNode payload = envelope.path("payload");
            JsonNode room = payload.path("waitingRoom");
            String eventId = payload.path("eventId").asString("");
            if (room.isObject() && scope.wants(eventId)) {
                rooms.put(eventId, room);
                rates.merge(eventId, room.path("ratePerSecond").asLong(0), Math::max);
            }
        }
        List<Finding> findings = new ArrayList<>();
        findings.add(new SlotChecks(stack.redisUri()).activeWithinCap(rooms, rates));
        List<JsonNode> admissions = events.all("queue.events").stream()
                .filter(envelope -> envelope.path("eventType").asString("").equals("BuyerAdmitted"))
                .map(envelope -> envelope.path("payload"))
                .filter(payload -> scope.wants(payload.path("eventId").asString("")))
                .toList();
        findings.addAll(new LineChecks(admissions, rates).all());
        List<JsonNode> reservations = events.all("reservation.events");
        findings.add(LogChecks.seatsAddUp(eventEvents.stream()
                .filter(envelope ->
                        scope.wants(envelope.path("payload").path("eventId").asString("")))
                .toList()));
        findings.add(LogChecks.nothingExpiredEarly(reservations));
        findings.add(LogChecks.ordered("reservation.events", reservations));
        findings.add(LogChecks.ordered("payment.events", events.all("payment.events")));
        findings.add(LogChecks.ordered("ticket.events", events.all("ticket.events")));
        return findings;
    }
}
