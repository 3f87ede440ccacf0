package io.onsale.loadtest.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onsale.loadtest.Json;
import io.onsale.loadtest.measure.Steps;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

class PatientApiTest {

    private final Steps steps = new Steps();
    private final Api api = new Api(steps, 4);
    private final Deque<Integer> statuses = new ArrayDeque<>();
    private final List<String> keys = new CopyOnWriteArrayList<>();
    private DisposableServer server = serve(0);

    private DisposableServer serve(int port) {
        return HttpServer.create()
                .host("127.0.0.1")
                .port(port)
                .handle((request, response) -> {
                    keys.add(request.requestHeaders().get("Idempotency-Key", ""));
                    Integer status = statuses.poll();
                    return response.status(status == null ? 200 : status)
                            .header("Retry-After", "0")
                            .sendString(Mono.just("{\"code\":\"SEAT_TAKEN\"}"));
                })
                .bindNow();
    }

    @AfterEach
    void stop() {
        server.disposeNow();
        api.close();
    }

    @Test
    void sendsAgainWithTheSameKeyUntilThereIsAnAnswer() {
        statuses.addAll(List.of(503, 429, 502, 409));
        Reply reply = patient(20).send(request().once("key-1")).block(Duration.ofSeconds(30));
        assertThat(reply.status()).isEqualTo(409);
        assertThat(keys).containsExactly("\"key-1\"", "\"key-1\"", "\"key-1\"", "\"key-1\"");
        assertThat(steps.endings("step")).contains("503 SEAT_TAKEN 1", "409 SEAT_TAKEN 1");
    }

    @Test
    void outlivesARestart() {
        int port = server.port();
        server.disposeNow();
        Mono<Reply> sending = patient(20).send(request()).cache();
        sending.subscribe();
        Mono.delay(Duration.ofMillis(700)).block();
        server = serve(port);
        assertThat(sending.block(Duration.ofSeconds(20)).status()).isEqualTo(200);
    }

    @Test
    void givesUpWithAReason() {
        statuses.addAll(java.util.Collections.nCopies(1_000, 503));
        assertThatThrownBy(() -> patient(1).send(request()).block(Duration.ofSeconds(20)))
                .isInstanceOf(PatientApi.GaveUp.class)
                .hasMessage("step: 503 SEAT_TAKEN");
    }

    @Test
    void cutsLinesWhereverTheChunksEnd() {
        assertThat(Lines.split(Flux.just("id: 1\nda", "ta: {}\r\n", "\n: hi\nrest"))
                        .collectList()
                        .block(Duration.ofSeconds(5)))
                .containsExactly("id: 1", "data: {}", "", ": hi");
    }

    private PatientApi patient(int seconds) {
        return new PatientApi(api, Duration.ofSeconds(seconds));
    }

    private Request request() {
        return Request.post("step", "http://127.0.0.1:" + server.port() + "/", Json.object());
    }
}
