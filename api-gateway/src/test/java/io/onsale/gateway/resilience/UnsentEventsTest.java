package io.onsale.gateway.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.Channel;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.NettyDataBufferFactory;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerResponse;

class UnsentEventsTest {
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final byte[] REQUEST = "GET / HTTP/1.1\r\nHost: here\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final int EVENT_BYTES = 64 * 1024;

    /** More than the buffers of two sockets hold. */
    private static final int EVENTS = 1_000;

    private final StreamDrain drain = new StreamDrain(settings());

    /** Holds the events and nothing else. */
    private final UnpooledByteBufAllocator buffers = new UnpooledByteBufAllocator(true);

    private final NettyDataBufferFactory events = new NettyDataBufferFactory(buffers);
    private volatile Function<ServerHttpResponse, Mono<Void>> stream = this::many;
    private final DisposableServer server = HttpServer.create()
            .host("127.0.0.1")
            .port(0)
            .handle(new ReactorHttpHandlerAdapter((request, answer) -> stream.apply(answer)))
            .bindNow();

    @AfterEach
    void stop() {
        server.disposeNow();
    }

    @Test
    void aClientThatGoesBeforeItHasReadAllLeavesNothingBehind() throws IOException {
        try (Socket client = new Socket(server.host(), server.port())) {
            client.getOutputStream().write(REQUEST);
            client.getInputStream().readNBytes(EVENT_BYTES);
        }
        await().atMost(SOON).until(() -> buffers.metric().usedDirectMemory() == 0);
    }

    @Test
    void aClientThatGoesJustAsTheFirstEventArrivesLeavesNothingBehind() throws Exception {
        CountDownLatch arriving = new CountDownLatch(1);
        CountDownLatch gone = new CountDownLatch(1);
        stream = answer -> UnsentEvents.write(
                answer,
                Mono.fromCallable(this::event)
                        .subscribeOn(Schedulers.boundedElastic())
                        .doOnCancel(gone::countDown)
                        .map(first -> {
                            arriving.countDown();
                            await().atMost(SOON).until(() -> gone.getCount() == 0);
                            return Flux.just(first);
                        }));
        try (Socket client = new Socket(server.host(), server.port())) {
            client.getOutputStream().write(REQUEST);
            assertThat(arriving.await(5, TimeUnit.SECONDS)).isTrue();
        }
        await().atMost(SOON).until(() -> buffers.metric().usedDirectMemory() == 0);
    }

    /** Its going is heard of on its thread while the event is on its way there. */
    @Test
    void anEventThatIsHandedOverWhileItsClientGoesLeavesNothingBehind() throws Exception {
        Sinks.Many<DataBuffer> source = Sinks.many().unicast().onBackpressureBuffer();
        CompletableFuture<Channel> opened = new CompletableFuture<>();
        stream = answer -> {
            HttpServerResponse connected = ServerHttpResponseDecorator.getNativeResponse(answer);
            connected.withConnection(connection -> opened.complete(connection.channel()));
            return UnsentEvents.write(answer, source.asFlux().map(Flux::just));
        };
        try (Socket client = new Socket(server.host(), server.port())) {
            client.getOutputStream().write(REQUEST);
            Channel channel = opened.get(5, TimeUnit.SECONDS);
            source.tryEmitNext(event()).orThrow();
            client.getInputStream().readNBytes(EVENT_BYTES);
            AtomicBoolean busy = new AtomicBoolean();
            AtomicBoolean onItsWay = new AtomicBoolean();
            channel.eventLoop().execute(() -> {
                busy.set(true);
                while (!onItsWay.get()) {
                    // Turns on the spot: waiting is not allowed on this thread.
                }
                channel.close();
            });
            await().atMost(SOON).untilTrue(busy);
            source.tryEmitNext(event()).orThrow();
            onItsWay.set(true);
        }
        await().atMost(SOON).until(() -> buffers.metric().usedDirectMemory() == 0);
    }

    private Mono<Void> many(ServerHttpResponse answer) {
        return drain.new Ending(answer).writeAndFlushWith(Flux.range(0, EVENTS).map(number -> Flux.just(event())));
    }

    private DataBuffer event() {
        return events.wrap(buffers.directBuffer(EVENT_BYTES).writeZero(EVENT_BYTES));
    }

    private static ResilienceSettings settings() {
        Duration any = Duration.ofSeconds(1);
        return new ResilienceSettings(List.of(), 100, 20, 50, any, any, any, any, 1000, 32, any, any, any);
    }
}
