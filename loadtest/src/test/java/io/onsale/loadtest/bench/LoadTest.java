package io.onsale.loadtest.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** The generators must be honest before anything they say is. */
class LoadTest {

    private final AtomicInteger answered = new AtomicInteger();
    private volatile Duration stall = Duration.ZERO;

    private final DisposableServer server = HttpServer.create()
            .host("127.0.0.1")
            .port(0)
            .handle((request, response) -> Mono.delay(stall)
                    .then(response.status(answered.incrementAndGet() % 10 == 0 ? 500 : 200)
                            .send()
                            .then()))
            .bindNow();

    private final Gun gun = new Gun(64);

    @AfterEach
    void stop() {
        gun.close();
        server.disposeNow();
    }

    @Test
    void anOpenLoadSendsAtItsRateAndCountsErrors() {
        Volley volley = new OpenLoad(gun, status -> status == 200).run(100, Duration.ofSeconds(2), this::shot);
        assertThat(volley.endings()).isEqualTo(Map.of("200", 180L, "500", 20L));
        assertThat(volley.offeredPerSecond()).isLessThan(105.0);
        assertThat(volley.errors()).isEqualTo(20);
    }

    @Test
    void anOpenLoadDoesNotWaitForSlowAnswers() {
        stall = Duration.ofMillis(600);
        Volley volley = new OpenLoad(gun, status -> status < 600).run(100, Duration.ofSeconds(1), this::shot);
        assertThat(volley.good()).isEqualTo(100);
        assertThat(volley.latencies().getValueAtPercentile(50))
                .as("64 connections for 100 shots: the wait for one counts")
                .isGreaterThan(590_000);
    }

    @Test
    void aClosedLoadKeepsItsClientsBusy() {
        stall = Duration.ofMillis(50);
        Volley volley = new ClosedLoad(gun, 10, status -> status == 200).run(Duration.ofSeconds(1), this::shot);
        assertThat(volley.good())
                .as("10 clients, 50 ms each, and what was begun within the second")
                .isBetween(1L, 210L);
    }

    @Test
    void pairsTakeTurnsInGoingFirst() {
        StringBuilder order = new StringBuilder();
        Pairs pairs = Pairs.run(
                4,
                () -> {
                    order.append('A');
                    return 3;
                },
                () -> {
                    order.append('B');
                    return 6;
                },
                progress -> {});
        assertThat(order.toString()).isEqualTo("ABBAABBA");
        assertThat(pairs.ratio()).isEqualTo(0.5);
        assertThat(Pairs.median(List.of(5.0, 1.0, 3.0, 4.0))).isEqualTo(3.5);
    }

    private Shot shot(int number) {
        return Shot.get("http://127.0.0.1:" + server.port() + "/", "", "198.18.0.1");
    }
}
