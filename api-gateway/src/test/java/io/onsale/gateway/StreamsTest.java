package io.onsale.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.onsale.gateway.support.TestGateway;
import io.onsale.gateway.support.TestService;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Sinks;
import reactor.netty.http.client.HttpClient;

/** Server-sent events through the gateway. */
class StreamsTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    private final List<String> received = new CopyOnWriteArrayList<>();
    private final Sinks.Many<String> events = Sinks.many().replay().all();
    private static TestGateway gateway;
    private Disposable connection = Disposables.disposed();

    @BeforeAll
    static void start() {
        gateway = new TestGateway("onsale.gateway.queue-timeout=200ms", "onsale.gateway.resilience.drain-spread=300ms");
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @BeforeEach
    void stream() {
        gateway.queue().answers(gateway.queue().stream(events.asFlux()));
    }

    @AfterEach
    void disconnect() {
        connection.dispose();
        await().atMost(SOON).until(() -> gateway.queue().openStreams() == 0);
    }

    private void connect() {
        connection = HttpClient.create()
                .headers(h -> h.add("Accept", "text/event-stream").add("Accept-Encoding", "gzip"))
                .get()
                .uri("http://127.0.0.1:" + gateway.port() + "/api/v1/queue/stream?eventId=e1&ticket=t")
                .response((head, body) -> {
                    received.add("head " + head.status().code() + " "
                            + head.responseHeaders().get("Content-Encoding"));
                    return body.asString();
                })
                .doOnNext(received::add)
                .doOnComplete(() -> received.add("end"))
                .doOnError(e -> received.add("error " + e))
                .onErrorComplete()
                .subscribe();
        await().atMost(SOON).until(() -> gateway.queue().openStreams() == 1);
    }

    @Test
    void eachEventPassesAtOnceUncompressedAndWithoutAnEndInTime() {
        connect();
        events.tryEmitNext("data: 1\n\n");
        await().atMost(SOON).untilAsserted(() -> assertThat(received).contains("data: 1\n\n"));
        anotherCallIsGivenUp();
        events.tryEmitNext("data: 2\n\n");
        await().atMost(SOON).untilAsserted(() -> assertThat(received).contains("data: 2\n\n"));
        assertThat(received.get(0)).isEqualTo("head 200 null");
    }

    /** The time that any other call of the waiting room may take has passed. */
    private static void anotherCallIsGivenUp() {
        gateway.queue().answers(TestService.silence());
        gateway.client()
                .get()
                .uri("/api/v1/queue/status?eventId=e1")
                .headers(h -> h.setBearerAuth(gateway.tokens().buyer("u1")))
                .exchange()
                .expectStatus()
                .isEqualTo(504);
    }

    @Test
    void whenTheClientGoesTheServicesSideIsClosed() {
        connect();
        events.tryEmitNext("data: 1\n\n");
        await().atMost(SOON).until(() -> received.size() > 1);
        connection.dispose();
        await().atMost(SOON).until(() -> gateway.queue().openStreams() == 0);
    }

    @Test
    void whenTheServiceEndsTheClientsSideIsClosed() {
        connect();
        events.tryEmitNext("data: last\n\n");
        await().atMost(SOON).until(() -> received.size() > 1);
        events.tryEmitComplete();
        await().atMost(SOON).untilAsserted(() -> assertThat(received).contains("end"));
    }

    @Test
    void whenTheServiceDiesTheClientsSideIsClosed() {
        connect();
        events.tryEmitNext("data: 1\n\n");
        await().atMost(SOON).until(() -> received.size() > 1);
        gateway.queue().kill();
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(received.get(received.size() - 1))
                        .as("received %s", received)
                        .matches("(?s)end|error.*"));
        gateway.queue().revive();
        await().atMost(SOON).until(StreamsTest::queueAnswers);
    }

    private static boolean queueAnswers() {
        gateway.queue().answers(TestService.json("{}"));
        return gateway.client()
                .get()
                .uri("/api/v1/queue/stream?eventId=e1&ticket=t")
                .exchange()
                .returnResult(Void.class)
                .getStatus()
                .is2xxSuccessful();
    }

    @Test
    void shutdownEndsStreamsCleanlySoThatClientsMoveOn() {
        connect();
        events.tryEmitNext("data: 1\n\n");
        await().atMost(SOON).until(() -> received.size() > 1);
        gateway.context().close();
        try {
            await().atMost(SOON).untilAsserted(() -> assertThat(received).contains("end"));
            assertThat(gateway.queue().openStreams()).isZero();
        } finally {
            gateway.close();
            start();
        }
    }
}
