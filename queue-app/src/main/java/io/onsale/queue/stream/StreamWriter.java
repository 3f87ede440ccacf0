package io.onsale.queue.stream;

import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Writes a stream when the call that opened it is over. A call keeps all that was made for it, arguments, tables and
 * operators, until it ends: that would be a quarter of the memory a stream takes, for as long as somebody waits.
 */
final class StreamWriter implements WebFilter {
    private static final String OPENED = LiveStream.class.getName();
    private static final Object OVER = new Object();

    /** Leaves a stream to be written when the call of the handler has ended; closes it if the client left at this very moment. */
    static void writeAfterwards(ServerWebExchange exchange, LiveStream stream) {
        if (exchange.getAttributes().putIfAbsent(OPENED, stream) != null) {
            stream.cancel();
        }
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        if (!exchange.getRequest().getPath().value().endsWith(StreamController.PATH)) {
            return chain.filter(exchange);
        }
        return chain.filter(exchange)
                .then(Mono.defer(() -> writeWhatWasOpened(exchange)))
                .doFinally(end -> close(exchange));
    }

    private static Mono<Void> writeWhatWasOpened(ServerWebExchange exchange) {
        return exchange.getAttribute(OPENED) instanceof LiveStream stream
                ? write(exchange.getResponse(), stream)
                : Mono.empty();
    }

    private static Mono<Void> write(ServerHttpResponse response, LiveStream stream) {
        HttpHeaders headers = response.getHeaders();
        headers.setContentType(MediaType.TEXT_EVENT_STREAM);
        headers.setCacheControl(CacheControl.noStore());
        headers.set("X-Accel-Buffering", "no");
        return response.writeAndFlushWith(stream.map(Mono::just));
    }

    /** However it ends, also before a byte was written. */
    private static void close(ServerWebExchange exchange) {
        if (exchange.getAttributes().put(OPENED, OVER) instanceof LiveStream stream) {
            stream.cancel();
        }
    }
}
