package io.onsale.gateway.entry;

import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.HttpHandlerDecoratorFactory;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;

/**
 * Takes trace headers off requests of strangers, before a trace is begun: whoever sets them decides which of our
 * requests are recorded and under which id.
 */
@Component
final class ForgedContextFilter implements HttpHandlerDecoratorFactory {
    private static final List<String> CONTEXT = List.of("traceparent", "tracestate", "baggage");

    private final TrustedProxies proxies;

    ForgedContextFilter(EntrySettings settings) {
        this.proxies = new TrustedProxies(settings.trustedProxies());
    }

    @Override
    public HttpHandler apply(HttpHandler handler) {
        return (request, response) -> handler.handle(isForged(request) ? without(request) : request, response);
    }

    private boolean isForged(ServerHttpRequest request) {
        HttpHeaders headers = request.getHeaders();
        for (String name : CONTEXT) {
            if (headers.containsHeader(name)) {
                return !proxies.isTrusted(request.getRemoteAddress());
            }
        }
        return false;
    }

    private static ServerHttpRequest without(ServerHttpRequest request) {
        return request.mutate()
                .headers(headers -> CONTEXT.forEach(headers::remove))
                .build();
    }
}
