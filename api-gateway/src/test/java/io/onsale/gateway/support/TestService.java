package io.onsale.gateway.support;

import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.resources.LoopResources;

/** A service behind the gateway: answers what a test tells it to, and remembers what it was asked. */
public final class TestService implements AutoCloseable {

    /** One request as it arrived. */
    public record Seen(String method, String uri, io.netty.handler.codec.http.HttpHeaders headers, String body) {}

    /** How to answer; the body has been read. */
    @FunctionalInterface
    public interface Answer {
        Publisher<Void> to(Seen seen, HttpServerResponse response);
    }

    /** Not those of the gateway, which end with it. */
    private static final LoopResources THREADS = LoopResources.create("test-service", 1, true);

    private final List<Seen> seen = new CopyOnWriteArrayList<>();
    private final AtomicInteger openStreams = new AtomicInteger();
    private volatile Answer answer = json("{\"ok\":true}");
    private volatile boolean ready = true;
    private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final String keys;
    private DisposableServer server;

    /** Starts on a free port, publishing these keys. */
    public TestService(String keys) {
        this.keys = keys;
        this.server = start(0);
    }

    private DisposableServer start(int port) {
        return HttpServer.create()
                .runOn(THREADS)
                .host("127.0.0.1")
                .port(port)
                .channelGroup(connections)
                .handle(handler())
                .bindNow(Duration.ofSeconds(10));
    }

    private BiFunction<HttpServerRequest, HttpServerResponse, Publisher<Void>> handler() {
        return (request, response) -> switch (request.path()) {
            case "readyz" -> response.status(ready ? 200 : 503).send();
            case ".well-known/jwks.json" ->
                response.header("content-type", "application/json").sendString(Mono.just(keys));
            default ->
                request.receive().aggregate().asString().defaultIfEmpty("").flatMap(body -> {
                    Seen one = new Seen(
                            request.method().name(),
                            request.uri(),
                            request.requestHeaders().copy(),
                            body);
                    seen.add(one);
                    return Mono.from(answer.to(one, response));
                });
        };
    }

    public static Answer json(String body) {
        return status(200, body);
    }

    public static Answer status(int status, String body) {
        return (seen, response) -> response.status(status)
                .header("content-type", status >= 400 ? "application/problem+json" : "application/json")
                .header("content-length", String.valueOf(body.getBytes(StandardCharsets.UTF_8).length))
                .sendString(Mono.just(body));
    }

    /** Never answers. */
    public static Answer silence() {
        return (seen, response) -> Mono.never();
    }

    /** Closes the connection instead of answering. */
    public static Answer hangUp() {
        return (seen, response) -> {
            response.withConnection(connection -> connection.channel().close());
            return Mono.never();
        };
    }

    /** Sends these events as a stream. */
    public Answer stream(Publisher<String> events) {
        return (seen, response) -> {
            openStreams.incrementAndGet();
            return response.sse().sendString(Flux.from(events).doFinally(ended -> openStreams.decrementAndGet()));
        };
    }

    public TestService answers(Answer how) {
        answer = how;
        return this;
    }

    public void ready(boolean takesRequests) {
        ready = takesRequests;
    }

    public List<Seen> seen() {
        return seen;
    }

    public Seen last() {
        return seen.get(seen.size() - 1);
    }

    /** Streams that are being sent right now. */
    public int openStreams() {
        return openStreams.get();
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.port());
    }

    public void reset() {
        seen.clear();
        ready = true;
        answer = json("{\"ok\":true}");
    }

    /** Stops listening at once and drops its connections, like a process that is killed. */
    public void kill() {
        connections.close().awaitUninterruptibly();
        server.disposeNow(Duration.ofSeconds(5));
    }

    /** Listens again where it did before. */
    public void revive() {
        server = start(server.port());
    }

    @Override
    public void close() {
        kill();
    }
}
