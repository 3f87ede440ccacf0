package io.onsale.gateway.limits;

import io.onsale.gateway.routing.ApiCall;
import io.onsale.platform.problem.CommonProblem;
import io.onsale.platform.problem.Problem;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.core.Ordered;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Refuses bodies that are too large: at once by their announced length, or at the byte that is one too many. */
@Component
final class BodyFilter implements GlobalFilter, Ordered {
    private final BodySettings settings;

    BodyFilter(BodySettings settings) {
        this.settings = settings;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        ServerHttpRequest request = exchange.getRequest();
        long most = settings.maxBytes(ApiCall.of(exchange).plan().kind());
        long announced = request.getHeaders().getContentLength();
        if (announced > most) {
            // Nobody reads what is still on its way: another call behind it would wait for ever.
            exchange.getResponse().getHeaders().set(HttpHeaders.CONNECTION, "close");
            return Mono.error(tooLarge());
        }
        if (announced >= 0 || !request.getHeaders().containsHeader("Transfer-Encoding")) {
            return chain.filter(exchange);
        }
        return chain.filter(
                exchange.mutate().request(new Counted(request, most)).build());
    }

    @Override
    public int getOrder() {
        return -80;
    }

    private static RuntimeException tooLarge() {
        return Problem.of(CommonProblem.PAYLOAD_TOO_LARGE).asException();
    }

    /** A body of unknown length, counted while it passes. */
    private static final class Counted extends ServerHttpRequestDecorator {
        private final long most;
        private long seen;

        Counted(ServerHttpRequest request, long most) {
            super(request);
            this.most = most;
        }

        @Override
        public Flux<DataBuffer> getBody() {
            return super.getBody().handle((chunk, sink) -> {
                seen += chunk.readableByteCount();
                if (seen > most) {
                    DataBufferUtils.release(chunk);
                    sink.error(tooLarge());
                } else {
                    sink.next(chunk);
                }
            });
        }
    }
}
