package io.onsale.local.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sends PortOne's webhooks (version 2024-04-25) signed by Standard Webhooks, and again after a failure as PortOne publishes: after 1, 4,
 * 16, 64 and 256 minutes with jitter, the id and the event's timestamp unchanged. Nothing waits for them, unless a fault asks for that.
 */
final class Webhooks {

    private static final int[] RETRY_MINUTES = {1, 4, 16, 64, 256};
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final Settings settings;
    private final Faults faults;
    private final Executor workers;
    private final HttpClient client;
    private final Map<String, CompletableFuture<Void>> early = new ConcurrentHashMap<>();
    private final Map<String, ObjectNode> heldBack = new ConcurrentHashMap<>();
    private volatile @Nullable Book book;

    Webhooks(Settings settings, Faults faults, Executor workers) {
        this.settings = settings;
        this.faults = faults;
        this.workers = workers;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(TIMEOUT)
                .executor(workers)
                .build();
    }

    /** Adds a webhook to the transaction; it is sent once the transaction is on disk. */
    static ObjectNode queued(
            Settings settings,
            Book.Transaction transaction,
            Payment payment,
            String type,
            @Nullable String cancellationId) {
        ObjectNode body = Json.object()
                .put("type", type)
                .put("timestamp", transaction.now().toString());
        ObjectNode data = body.putObject("data")
                .put("storeId", settings.storeId())
                .put("paymentId", payment.id)
                .put("transactionId", payment.transactionId);
        if (cancellationId != null) {
            data.put("cancellationId", cancellationId);
        }
        ObjectNode event = Json.object()
                .put("type", "WEBHOOK")
                .put("webhookId", "msg_" + UUID.randomUUID())
                .put("paymentId", payment.id)
                .put("body", Json.text(body));
        transaction.add(event);
        return event;
    }

    /** Sends what a crash left unsent. */
    void start(Book startedBook) {
        book = startedBook;
        startedBook.undeliveredWebhooks().forEach(webhook -> send(webhook, null, 0));
    }

    void accept(ObjectNode webhook) {
        String paymentId = webhook.path("paymentId").asText();
        Fault fault = faults.take("webhook", List.of(paymentId));
        ObjectNode held = heldBack.remove(paymentId);
        switch (fault == null ? Fault.Kind.SLOW : fault.kind()) {
            case WEBHOOK_NEVER -> done(webhook, "suppressed");
            case WEBHOOK_OUT_OF_ORDER -> heldBack.put(paymentId, webhook);
            case WEBHOOK_LATE -> later(java.util.Objects.requireNonNull(fault).delay(), () -> send(webhook, null, 0));
            case WEBHOOK_EARLY -> early.put(paymentId, send(webhook, null, 0));
            case WEBHOOK_REPEAT -> {
                for (int i = 1; i < java.util.Objects.requireNonNull(fault).copies(); i++) {
                    send(webhook, null, RETRY_MINUTES.length);
                }
                send(webhook, null, 0);
            }
            default -> send(webhook, fault, 0);
        }
        if (held != null) {
            later(Duration.ofMillis(200), () -> send(held, null, 0));
        }
    }

    /** Completes when the webhooks that were to come first have been answered. */
    CompletableFuture<Void> early(List<String> paymentIds) {
        CompletableFuture<Void> pending = paymentIds.isEmpty() ? null : early.remove(paymentIds.get(0));
        return pending == null ? CompletableFuture.completedFuture(null) : pending;
    }

    private CompletableFuture<Void> send(ObjectNode webhook, @Nullable Fault fault, int attempt) {
        return client.sendAsync(request(webhook, fault), HttpResponse.BodyHandlers.discarding())
                .handle((response, failure) -> {
                    boolean accepted = failure == null && response.statusCode() / 100 == 2;
                    if (accepted) {
                        done(webhook, "delivered");
                    } else if (attempt < RETRY_MINUTES.length) {
                        double jitter = ThreadLocalRandom.current().nextDouble(0.8, 1.2);
                        long millis = (long) (settings.webhookMinute().toMillis() * RETRY_MINUTES[attempt] * jitter);
                        later(Duration.ofMillis(millis), () -> send(webhook, null, attempt + 1));
                    } else {
                        done(webhook, "given up");
                    }
                    return null;
                });
    }

    private HttpRequest request(ObjectNode webhook, @Nullable Fault fault) {
        Fault.Kind kind = fault == null ? null : fault.kind();
        String id = webhook.path("webhookId").asText();
        String body = webhook.path("body").asText();
        long timestamp = Instant.now().getEpochSecond() - (kind == Fault.Kind.WEBHOOK_STALE ? 600 : 0);
        String signature = Digests.webhookSignature(settings.webhookSecret(), id, timestamp, body);
        if (kind == Fault.Kind.WEBHOOK_BAD_SIGNATURE) {
            signature = Digests.webhookSignature("whsec_Zm9yZ2Vk", id, timestamp, body);
        }
        return HttpRequest.newBuilder(URI.create(settings.webhookUrl()))
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json")
                .header("webhook-id", id)
                .header("webhook-timestamp", Long.toString(timestamp))
                .header("webhook-signature", signature)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    private void done(ObjectNode webhook, String outcome) {
        Book current = book;
        if (current != null) {
            current.transact(transaction -> {
                transaction.add(Json.object()
                        .put("type", "WEBHOOK_DONE")
                        .put("webhookId", webhook.path("webhookId").asText())
                        .put("outcome", outcome));
                return outcome;
            });
        }
    }

    private void later(Duration delay, Runnable work) {
        CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS, workers)
                .execute(work);
    }
}
