package io.onsale.local.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A merchant's webhook address that keeps what it is sent. */
final class WebhookCatcher implements AutoCloseable {

    record Caught(String id, long timestamp, String signature, String body, ObjectNode json) {
        String type() {
            return json.path("type").asText();
        }

        String paymentId() {
            return json.path("data").path("paymentId").asText();
        }
    }

    private final List<Caught> caught = new CopyOnWriteArrayList<>();
    private final Map<String, AtomicInteger> toRefuse = new ConcurrentHashMap<>();
    private final HttpServer server;

    WebhookCatcher() throws IOException {
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/hooks", this::take);
        server.start();
    }

    String url() {
        return "http://localhost:" + server.getAddress().getPort() + "/hooks";
    }

    void refuseNext(String paymentId, int deliveries) {
        toRefuse.put(paymentId, new AtomicInteger(deliveries));
    }

    List<Caught> of(String paymentId) {
        return caught.stream()
                .filter(webhook -> webhook.paymentId().equals(paymentId))
                .toList();
    }

    List<Caught> await(String paymentId, int count) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (of(paymentId).size() < count && System.nanoTime() < end) {
            Thread.sleep(20);
        }
        return of(paymentId);
    }

    private void take(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        var headers = exchange.getRequestHeaders();
        Caught webhook = new Caught(
                headers.getFirst("webhook-id"),
                Long.parseLong(headers.getFirst("webhook-timestamp")),
                headers.getFirst("webhook-signature"),
                body,
                Json.parse(body.getBytes(StandardCharsets.UTF_8)));
        caught.add(webhook);
        AtomicInteger left = toRefuse.get(webhook.paymentId());
        boolean refuse = left != null && left.getAndDecrement() > 0;
        exchange.sendResponseHeaders(refuse ? 500 : 200, -1);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
