package io.onsale.gateway.entry;

import java.time.Clock;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SignalType;

/** The first and the last to see a request: names it, and writes down how it went. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
final class EntryFilter implements WebFilter {
    private final TrustedProxies proxies;
    private final RequestIds ids;
    private final AnswerHeaders answerHeaders;
    private final AccessLogger accessLog;

    EntryFilter(EntrySettings settings, AnswerHeaders answerHeaders, Environment environment, Clock clock) {
        this.proxies = new TrustedProxies(settings.trustedProxies());
        this.ids = new RequestIds(proxies);
        this.answerHeaders = answerHeaders;
        String service = environment.getProperty("spring.application.name", "api-gateway");
        this.accessLog = new AccessLogger(settings.accessLog(), service, clock);
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        ServerHttpRequest request = exchange.getRequest();
        String id = ids.of(request.getRemoteAddress(), request.getHeaders().getFirst(RequestIds.HEADER));
        Visit visit = new Visit(id, proxies.clientAddress(request));
        visit.attachTo(exchange);
        HttpHeaders headers = exchange.getResponse().getHeaders();
        headers.set(RequestIds.HEADER, visit.requestId());
        exchange.getResponse().beforeCommit(() -> {
            answerHeaders.complete(exchange);
            return Mono.empty();
        });
        return chain.filter(exchange).doFinally(signal -> leave(exchange, visit, signal));
    }

    private void leave(ServerWebExchange exchange, Visit visit, SignalType signal) {
        visit.end();
        accessLog.log(exchange, visit, signal);
    }
}
