package io.onsale.gateway.resilience;

import static org.awaitility.Awaitility.await;

import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.NettyDataBufferFactory;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

class UnsentEventsTest {
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final int EVENT_BYTES = 64 * 1024;

    /** More than the buffers of two sockets hold. */
    private static final int EVENTS = 1_000;

    private final StreamDrain drain = new StreamDrain(settings());

    /** Holds the events and nothing else. */
    private final UnpooledByteBufAllocator buffers = new UnpooledByteBufAllocator(true);

    private final NettyDataBufferFactory events = new NettyDataBufferFactory(buffers);
    private final DisposableServer server = HttpServer.create()
            .host("127.0.0.1")
            .port(0)
            .handle(new ReactorHttpHandlerAdapter(this::stream))
            .bindNow();

    @AfterEach
    void stop() {
        server.disposeNow();
    }

    @Test
    void aClientThatGoesBeforeItHasReadAllLeavesNothingBehind() throws IOException {
        try (Socket client = new Socket(server.host(), server.port())) {
            client.getOutputStream().write("GET / HTTP/1.1\r\nHost: here\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            client.getInputStream().readNBytes(EVENT_BYTES);
        }
        await().atMost(SOON).until(() -> buffers.metric().usedDirectMemory() == 0);
    }

    private Mono<Void> stream(ServerHttpRequest request, ServerHttpResponse response) {
        return drain.new Ending(response)
                .writeAndFlushWith(Flux.range(0, EVENTS).map(number -> Flux.just(event())));
    }

    private DataBuffer event() {
        return events.wrap(buffers.directBuffer(EVENT_BYTES).writeZero(EVENT_BYTES));
    }

    private static ResilienceSettings settings() {
        Duration any = Duration.ofSeconds(1);
        return new ResilienceSettings(List.of(), 100, 20, 50, any, any, any, any, 1000, 32, any, any, any);
    }
}
