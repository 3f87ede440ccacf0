package io.onsale.platform.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.DisposableServer;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServer;
import reactor.netty.resources.ConnectionProvider;
import reactor.test.StepVerifier;

/** Calls given up between the head of their answer and the first look at its body. */
class UnclaimedAnswersTest {
    private static final Duration SOON = Duration.ofSeconds(5);

    private final AtomicInteger connected = new AtomicInteger();
    private final AtomicInteger open = new AtomicInteger();
    private final DisposableServer server = HttpServer.create()
            .host("127.0.0.1")
            .port(0)
            .doOnChannelInit((observer, channel, client) -> {
                connected.incrementAndGet();
                open.incrementAndGet();
                channel.closeFuture().addListener(closed -> open.decrementAndGet());
            })
            .route(routes -> routes.get(
                            "/whole",
                            (request, response) ->
                                    response.header("Content-Length", "5").sendString(Mono.just("whole")))
                    .get(
                            "/endless",
                            (request, response) ->
                                    response.sendString(Flux.just("begun").concatWith(Flux.never()))))
            .bindNow();

    /** Nobody else's: what it says is in use was received here and not given back. */
    private final UnpooledByteBufAllocator buffers = new UnpooledByteBufAllocator(true);

    /** One connection: a call waits until the one before has given it back. */
    private final ConnectionProvider pool = ConnectionProvider.create("unclaimed", 1);

    private volatile Runnable onceTheHeadIsThere = () -> {};

    /** Stops on the connection's thread just when the head can be called back no more and nobody has got it yet. */
    private final HttpClient http = HttpClient.create(pool)
            .option(ChannelOption.ALLOCATOR, buffers)
            .mapConnect(answers -> answers.doOnNext(head -> onceTheHeadIsThere.run()));

    private final WebClient client = UnclaimedAnswers.webClient(http)
            .baseUrl("http://127.0.0.1:" + server.port())
            .build();

    @AfterEach
    void stop() {
        pool.dispose();
        server.disposeNow();
    }

    @Test
    void theBodyIsGivenBackAndTheConnectionGoesOn() {
        giveUp("/whole");
        await().atMost(SOON).untilAsserted(this::nothingIsHeld);
        call("/whole");
        assertThat(connected).hasValue(1);
    }

    @Test
    void theRestOfAnAnswerIsNotWaitedFor() {
        giveUp("/endless");
        await().atMost(SOON).untilAsserted(() -> assertThat(open).hasValue(0));
        await().atMost(SOON).untilAsserted(this::nothingIsHeld);
    }

    @Test
    void aConnectionThatIsClosedByThenHoldsNothingBack() {
        AtomicReference<Channel> channel = new AtomicReference<>();
        Disposable call = UnclaimedAnswers.clearedAway(UnclaimedAnswers.noting(http)
                        .get()
                        .uri("http://127.0.0.1:" + server.port() + "/whole")
                        .responseConnection((head, connection) -> {
                            channel.set(connection.channel());
                            return Flux.never();
                        })
                        .then())
                .subscribe();
        await().atMost(SOON).until(() -> channel.get() != null);
        channel.get().close();
        await().atMost(SOON).until(() -> !channel.get().isRegistered());
        call.dispose();
        await().atMost(SOON).untilAsserted(this::nothingIsHeld);
    }

    @Test
    void callsThatAreWantedAreLeftAlone() {
        for (int i = 0; i < 3; i++) {
            call("/whole");
        }
        assertThat(connected).hasValue(1);
        await().atMost(SOON).untilAsserted(this::nothingIsHeld);
    }

    private void call(String path) {
        onceTheHeadIsThere = () -> {};
        client.get()
                .uri(path)
                .retrieve()
                .bodyToMono(String.class)
                .as(StepVerifier::create)
                .expectNext("whole")
                .expectComplete()
                .verify(SOON);
    }

    private void giveUp(String path) {
        Sinks.Empty<Void> patience = Sinks.empty();
        onceTheHeadIsThere = patience::tryEmitEmpty;
        client.get()
                .uri(path)
                .exchangeToMono(answer -> answer.releaseBody().thenReturn("read"))
                .takeUntilOther(patience.asMono())
                .as(StepVerifier::create)
                .expectComplete()
                .verify(SOON);
    }

    private void nothingIsHeld() {
        assertThat(buffers.metric().usedDirectMemory() + buffers.metric().usedHeapMemory())
                .isZero();
    }
}
