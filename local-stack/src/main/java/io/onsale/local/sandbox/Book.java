package io.onsale.local.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Everything that happened, and the state that follows from it. A transaction decides on the state, adds events, and is answered only
 * when they are on disk; a restart replays them.
 */
final class Book implements AutoCloseable {

    private final Clock clock;
    private final Map<String, Payment> payments = new LinkedHashMap<>();
    private final Idempotency idempotency = new Idempotency();
    private final Map<String, ObjectNode> undeliveredWebhooks = new LinkedHashMap<>();
    private final Journal journal;
    private final Consumer<ObjectNode> webhooks;

    /** @param webhooks is given each new webhook once it is on disk; must not block */
    Book(Path directory, Clock clock, Consumer<ObjectNode> webhooks) {
        this.clock = clock;
        this.webhooks = webhooks;
        this.journal = Journal.open(directory.resolve("ledger.jsonl"), this::replay);
    }

    /** What one request adds to the book. Valid only inside {@link #transact}. */
    final class Transaction {

        private final List<ObjectNode> events = new ArrayList<>();
        private final Instant now = clock.instant();

        Instant now() {
            return now;
        }

        @Nullable
        Payment find(String provider, String id) {
            return payments.get(provider + "/" + id);
        }

        /** A payment of either provider, by its own name for it or by the merchant's order. */
        @Nullable
        Payment captured(String idOrOrder) {
            return payments.values().stream()
                    .filter(Payment::isCaptured)
                    .filter(payment -> payment.id.equals(idOrOrder)
                            || payment.order.path("orderId").asText().equals(idOrOrder))
                    .findFirst()
                    .orElse(null);
        }

        /** Adds an event and applies it at once, so that the answer can be rendered from the new state. */
        void add(ObjectNode event) {
            events.add(event);
            applyEvent(event, now);
        }
    }

    Idempotency idempotency() {
        return idempotency;
    }

    /** Runs one at a time; returns when all that it added is on disk. An exception adds nothing. */
    <T> T transact(Function<Transaction, T> work) {
        Transaction transaction;
        long position = 0;
        T result;
        synchronized (this) {
            transaction = new Transaction();
            result = work.apply(transaction);
            if (!transaction.events.isEmpty()) {
                ObjectNode line = Json.object().put("at", transaction.now.toString());
                ArrayNode events = line.putArray("events");
                transaction.events.forEach(events::add);
                position = journal.append(line);
            }
        }
        if (position > 0) {
            journal.force(position);
        }
        transaction.events.stream()
                .filter(event -> event.path("type").asText().equals("WEBHOOK"))
                .forEach(webhooks);
        return result;
    }

    synchronized List<ObjectNode> undeliveredWebhooks() {
        return List.copyOf(undeliveredWebhooks.values());
    }

    /** The payments, oldest first, rendered while nothing changes. */
    synchronized <T> List<T> map(Function<Payment, T> render) {
        return payments.values().stream().map(render).toList();
    }

    private void replay(ObjectNode line) {
        Instant at = Instant.parse(line.path("at").asText());
        for (JsonNode event : line.path("events")) {
            applyEvent((ObjectNode) event, at);
        }
    }

    private void applyEvent(ObjectNode event, Instant at) {
        switch (event.path("type").asText()) {
            case "ANSWERED" -> idempotency.remember(event, at);
            case "WEBHOOK" -> undeliveredWebhooks.put(event.path("webhookId").asText(), event);
            case "WEBHOOK_DONE" ->
                undeliveredWebhooks.remove(event.path("webhookId").asText());
            default ->
                payments.computeIfAbsent(
                                event.path("provider").asText() + "/"
                                        + event.path("id").asText(),
                                key -> new Payment(
                                        event.path("provider").asText(),
                                        event.path("id").asText(),
                                        at))
                        .apply(event, at);
        }
    }

    @Override
    public void close() throws java.io.IOException {
        journal.close();
    }
}
