package io.onsale.gateway.resilience;

import io.onsale.gateway.routing.ApiCall;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.reactivestreams.Publisher;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.Ordered;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Ends streams when the gateway shuts down, spread over a while: their clients reconnect and reach another gateway,
 * while ordinary calls are finished by the server's graceful shutdown, which waits for this to be done.
 */
@Component
final class StreamDrain implements GlobalFilter, Ordered, SmartLifecycle {
    private final ResilienceSettings settings;
    private final Sinks.Empty<Void> closing = Sinks.empty();
    private volatile boolean running;

    StreamDrain(ResilienceSettings settings) {
        this.settings = settings;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        if (!ApiCall.of(exchange).plan().isStream()) {
            return chain.filter(exchange);
        }
        return chain.filter(
                exchange.mutate().response(new Ending(exchange.getResponse())).build());
    }

    /** Outside of the filter that writes the answer. */
    @Override
    public int getOrder() {
        return -50;
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        throw new UnsupportedOperationException("stops with a callback only");
    }

    @Override
    public void stop(Runnable callback) {
        running = false;
        // Its own subscriber: the shutdown waits for the callback, which comes whatever happens.
        Mono.delay(settings.drainNotice())
                .doOnNext(noticed -> closing.tryEmitEmpty())
                .then(Mono.delay(settings.drainSpread()))
                .doFinally(done -> callback.run())
                .subscribe();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private Mono<Void> end() {
        long spreadMillis = Math.max(1, settings.drainSpread().toMillis());
        return closing.asMono()
                .then(Mono.defer(() ->
                        Mono.delay(Duration.ofMillis(ThreadLocalRandom.current().nextLong(spreadMillis)))))
                .then();
    }

    final class Ending extends ServerHttpResponseDecorator {

        Ending(ServerHttpResponse answer) {
            super(answer);
        }

        @Override
        public Mono<Void> writeAndFlushWith(Publisher<? extends Publisher<? extends DataBuffer>> body) {
            return UnsentEvents.write(getDelegate(), Flux.from(body).takeUntilOther(end()));
        }
    }
}
