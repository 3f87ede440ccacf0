package io.onsale.ticketing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.onsale.local.sandbox.SandboxProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.test.web.reactive.server.WebTestClient;

/**
 * The payment providers of this JVM's tests, started when the first test needs them. Their webhooks go to the app that was last
 * named, and nowhere while none is.
 */
public final class TestSandbox {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final AtomicInteger APP_PORT = new AtomicInteger();
    private static final Set<String> SILENCED = ConcurrentHashMap.newKeySet();

    private TestSandbox() {}

    private static final class Holder {

        private static final SandboxProcess RUNNING =
                SandboxProcess.start("http://127.0.0.1:" + forwarder() + "/api/v1/payments/webhooks/portone");
    }

    public static SandboxProcess process() {
        return Holder.RUNNING;
    }

    public static String baseUrl() {
        return process().baseUrl();
    }

    /** From now on webhooks go to the app on this port; 0 refuses them. */
    public static void webhooksTo(int port) {
        APP_PORT.set(port);
    }

    /** From now on webhooks about this payment are refused, until {@link #hear} is said. */
    public static void silence(String paymentId) {
        SILENCED.add(paymentId);
    }

    public static void hear(String paymentId) {
        SILENCED.remove(paymentId);
    }

    /** A call of the sandbox's own, or a provider's. */
    public static WebTestClient http() {
        return WebTestClient.bindToServer()
                .baseUrl(baseUrl())
                .responseTimeout(LIMIT)
                .build();
    }

    /** The buyer presses {@code approve} or {@code decline} on PortOne's page. */
    public static void press(String paymentId, String button) {
        http().post().uri("/checkout/{id}/{button}", paymentId, button).exchange();
    }

    /** A fault for the next calls that match, as the sandbox names it. */
    public static void fault(Map<String, ?> fault) {
        http().post().uri("/faults").bodyValue(fault).exchange().expectStatus().isCreated();
    }

    /** Somebody gives money back at the provider's console; the payment is named by our id or the provider's. */
    public static void giveBackByHand(String paymentId, long amount) {
        http().post()
                .uri("/console/payments/{id}/cancel", paymentId)
                .bodyValue(Map.of("amount", amount, "reason", "by hand"))
                .exchange()
                .expectStatus()
                .isOk();
    }

    /** What PortOne says was paid and what went back of it, in this order. */
    public static long[] atPortOne(String paymentId) {
        Map<?, ?> body = http().get()
                .uri("/payments/{id}", paymentId)
                .header("Authorization", "PortOne " + SandboxProcess.API_SECRET)
                .exchange()
                .expectBody(Map.class)
                .returnResult()
                .getResponseBody();
        Map<?, ?> amount = (Map<?, ?>) body.get("amount");
        return new long[] {((Number) amount.get("paid")).longValue(), ((Number) amount.get("cancelled")).longValue()};
    }

    private static int forwarder() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
            server.setExecutor(Executors.newCachedThreadPool(work -> {
                Thread thread = new Thread(work, "webhook-forwarder");
                thread.setDaemon(true);
                return thread;
            }));
            server.createContext("/", TestSandbox::forward);
            server.start();
            return server.getAddress().getPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void forward(HttpExchange exchange) throws IOException {
        try (exchange) {
            int port = APP_PORT.get();
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            boolean refused = port == 0 || SILENCED.stream().anyMatch(body::contains);
            int status = refused ? 503 : send(exchange, body, port);
            exchange.sendResponseHeaders(status, -1);
        }
    }

    private static int send(HttpExchange exchange, String body, int port) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + port + exchange.getRequestURI()))
                .POST(HttpRequest.BodyPublishers.ofString(body));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (name.toLowerCase(java.util.Locale.ROOT).startsWith("webhook-")
                    || name.equalsIgnoreCase("content-type")) {
                request.header(name, values.get(0));
            }
        });
        try {
            return HttpClient.newHttpClient()
                    .send(request.build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 503;
        }
    }
}
