package io.onsale.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.onsale.gateway.support.TestGateway;
import io.onsale.gateway.support.TestService;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.test.web.reactive.server.WebTestClient;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;

/** More calls than can be under way. */
class OverloadTest {
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final Pattern CONTENT_LENGTH = Pattern.compile("(?i)content-length: (\\d+)");

    @Test
    void callsBeyondTheBoundAreShedAtOnceAndThePlaceIsGivenBack() throws InterruptedException {
        try (TestGateway gateway =
                new TestGateway("onsale.gateway.resilience.max-in-flight=1", "onsale.gateway.timeout=2s")) {
            gateway.ticketing().answers(TestService.silence());
            Thread first = new Thread(() -> get(gateway).expectStatus().isEqualTo(504));
            first.start();
            await().atMost(SOON).until(() -> !gateway.ticketing().seen().isEmpty());
            get(gateway)
                    .expectStatus()
                    .isEqualTo(503)
                    .expectHeader()
                    .exists("Retry-After")
                    .expectBody()
                    .jsonPath("$.code")
                    .isEqualTo("OVERLOADED");
            first.join();
            gateway.ticketing().answers(TestService.json("{}"));
            // The place is given back when the exchange ends, a moment after its answer was sent.
            await().atMost(SOON).untilAsserted(() -> get(gateway).expectStatus().isOk());
        }
    }

    @Test
    void aFullRouteLeavesRoomForTheOthersAndWhoeverHangsUpGivesThePlaceBack() {
        try (TestGateway gateway = silentAboutEvents("onsale.gateway.resilience.max-in-flight=4")) {
            HttpClient client = HttpClient.create().baseUrl("http://127.0.0.1:" + gateway.port());
            List<Disposable> waiting = IntStream.range(0, 2)
                    .mapToObj(i -> status(client, "/api/v1/events").subscribe())
                    .toList();
            await().atMost(SOON).until(() -> gateway.ticketing().seen().size() == 2);
            assertThat(status(client, "/api/v1/events").block(SOON)).isEqualTo(503);
            assertThat(status(client, "/api/v1/venues").block(SOON)).isEqualTo(200);
            waiting.forEach(Disposable::dispose);
            gateway.ticketing().answers(TestService.json("{}"));
            await().atMost(SOON).until(() -> status(client, "/api/v1/events").block(SOON) == 200);
        }
    }

    @Test
    void whoIsShedIsToldLikeEverybodyElseAndKeepsTheConnection() throws IOException {
        try (TestGateway gateway = silentAboutEvents("onsale.gateway.resilience.max-in-flight=2")) {
            HttpClient client = HttpClient.create().baseUrl("http://127.0.0.1:" + gateway.port());
            Disposable waiting = status(client, "/api/v1/events").subscribe();
            await().atMost(SOON).until(() -> gateway.ticketing().seen().size() == 1);
            try (Socket socket = new Socket("127.0.0.1", gateway.port())) {
                socket.setSoTimeout((int) SOON.toMillis());
                ask(
                        socket,
                        "POST /api/v1/events?q=1",
                        "Origin: http://localhost:3000\r\nAccept-Language: ko\r\nX-Request-Id: of-our-proxy",
                        "{\"title\": \"" + "x".repeat(4_000) + "\"}");
                assertThat(answer(socket))
                        .startsWith("HTTP/1.1 503")
                        .containsIgnoringCase("\r\nRetry-After: 1\r\n")
                        .containsIgnoringCase("\r\nX-Request-Id: of-our-proxy\r\n")
                        .containsIgnoringCase("\r\nX-Content-Type-Options: nosniff")
                        .containsIgnoringCase("\r\nCache-Control: no-store")
                        .containsIgnoringCase("\r\nAccess-Control-Allow-Origin: http://localhost:3000")
                        .contains(
                                "application/problem+json",
                                "\"OVERLOADED\"",
                                "요청이 한꺼번에",
                                "\"instance\":\"/api/v1/events\"");
                ask(socket, "GET /api/events", "Origin: https://evil.example", "");
                assertThat(answer(socket)).startsWith("HTTP/1.1 503").doesNotContain("evil", "Allow-Origin");
                ask(
                        socket,
                        "OPTIONS /api/v1/events",
                        "Origin: http://localhost:3000\r\nAccess-Control-Request-Method: POST",
                        "");
                assertThat(answer(socket)).startsWith("HTTP/1.1 200");
                ask(socket, "GET /api/v1/venues", "", "");
                assertThat(answer(socket)).startsWith("HTTP/1.1 200");
                // Whoever announces more is not read to the end.
                ask(socket, "POST /api/v1/events", "Content-Length: 100000", "");
                assertThat(answer(socket)).startsWith("HTTP/1.1 503").containsIgnoringCase("connection: close");
            }
            assertThat(gateway.context()
                            .getBean(MeterRegistry.class)
                            .get("onsale.gateway.shed")
                            .tag("route", "events")
                            .counter()
                            .count())
                    .isEqualTo(3);
            waiting.dispose();
        }
    }

    private static TestGateway silentAboutEvents(String maxInFlight) {
        TestGateway gateway =
                new TestGateway(maxInFlight, "onsale.gateway.resilience.min-in-flight=1", "onsale.gateway.timeout=30s");
        gateway.ticketing()
                .answers((seen, response) -> seen.uri().contains("events")
                        ? Mono.never()
                        : Mono.from(TestService.json("{}").to(seen, response)));
        return gateway;
    }

    private static void ask(Socket socket, String line, String headers, String body) throws IOException {
        String head = line + " HTTP/1.1\r\nHost: here\r\n"
                + (headers.isEmpty() ? "" : headers + "\r\n")
                + (body.isEmpty() ? "" : "Content-Length: " + body.length() + "\r\n")
                + "\r\n";
        socket.getOutputStream().write((head + body).getBytes(StandardCharsets.US_ASCII));
    }

    /** One answer of several on a connection. */
    private static String answer(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        while (!bytes.toString(StandardCharsets.UTF_8).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException("closed after: " + bytes.toString(StandardCharsets.UTF_8));
            }
            bytes.write(next);
        }
        Matcher length = CONTENT_LENGTH.matcher(bytes.toString(StandardCharsets.UTF_8));
        bytes.write(in.readNBytes(length.find() ? Integer.parseInt(length.group(1)) : 0));
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void whoTakesTheirTimeToSendABodyDoesNotMakeTheRouteLate() throws IOException {
        try (TestGateway gateway = new TestGateway("onsale.gateway.resilience.late=1s")) {
            Gauge limit = gateway.context()
                    .getBean(MeterRegistry.class)
                    .get("onsale.gateway.limit")
                    .tag("route", "transfers")
                    .gauge();
            double before = limit.value();
            List<Socket> senders = new ArrayList<>();
            for (int i = 0; i < 25; i++) {
                senders.add(sendHead(gateway));
            }
            await().pollDelay(Duration.ofMillis(1_200)).until(() -> true);
            for (Socket sender : senders) {
                sender.getOutputStream().write('1');
                assertThat(new String(sender.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
                        .isEqualTo("HTTP/1.1 200");
                sender.close();
            }
            assertThat(limit.value()).isEqualTo(before);
        }
    }

    private static Socket sendHead(TestGateway gateway) throws IOException {
        Socket sender = new Socket("127.0.0.1", gateway.port());
        String head = "POST /api/v1/transfers HTTP/1.1\r\nHost: here\r\nAuthorization: Bearer "
                + gateway.tokens().buyer("slow")
                + "\r\nContent-Type: application/json\r\nContent-Length: 1\r\n\r\n";
        sender.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        return sender;
    }

    @Test
    void aRouteThatAnswersTooLateLetsFewerThroughAndTheOthersDoNotMind() {
        try (TestGateway gateway = new TestGateway(
                "onsale.gateway.resilience.late=20ms",
                "onsale.gateway.resilience.max-in-flight=50",
                "onsale.gateway.resilience.min-in-flight=2",
                "onsale.gateway.limits.classes.ANONYMOUS_READS.per-address=1000000")) {
            gateway.ticketing()
                    .answers((seen, response) -> Mono.delay(Duration.ofMillis(50))
                            .then(Mono.from(TestService.json("{}").to(seen, response))));
            HttpClient client = HttpClient.create().baseUrl("http://127.0.0.1:" + gateway.port());
            assertThat(Flux.range(0, 2_000)
                            .flatMap(i -> status(client, "/api/v1/events"), 40)
                            .takeUntil(status -> status == 503)
                            .blockLast(SOON))
                    .isEqualTo(503);
            assertThat(status(client, "/api/v1/queue/draw").block(SOON)).isEqualTo(200);
        }
    }

    private static Mono<Integer> status(HttpClient client, String path) {
        return client.get()
                .uri(path)
                .response()
                .map(response -> response.status().code());
    }

    private static WebTestClient.ResponseSpec get(TestGateway gateway) {
        return gateway.client().get().uri("/api/v1/events").exchange();
    }
}
