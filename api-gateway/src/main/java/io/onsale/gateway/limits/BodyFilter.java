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
import org.springframework.http.HttpMethod;
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
        boolean unannounced = request.getHeaders().containsHeader("Transfer-Encoding");
        if (isReading(request.getMethod()) && (announced > 0 || unannounced)) {
            return refuse(exchange, Problem.invalid("body", "NoBody"));
        }
        if (announced > most) {
            return refuse(exchange, Problem.of(CommonProblem.PAYLOAD_TOO_LARGE));
        }
        if (announced >= 0 || !unannounced) {
            return chain.filter(exchange);
        }
        return chain.filter(
                exchange.mutate().request(new Counted(request, most)).build());
    }

    @Override
    public int getOrder() {
        return -80;
    }

    /** A body here means nothing (RFC 9110, section 9.3.1) and two programs may disagree on where it ends: none of our reads has one. */
    private static boolean isReading(HttpMethod method) {
        return HttpMethod.GET.equals(method) || HttpMethod.HEAD.equals(method);
    }

    /** Nobody reads what is still on its way: another call behind it would wait for ever. */
    private static Mono<Void> refuse(ServerWebExchange exchange, Problem problem) {
        exchange.getResponse().getHeaders().set(HttpHeaders.CONNECTION, "close");
        return Mono.error(problem.asException());
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
