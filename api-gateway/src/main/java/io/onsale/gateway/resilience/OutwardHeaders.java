package io.onsale.gateway.resilience;

import java.util.Locale;
import java.util.Set;
import org.springframework.cloud.gateway.filter.headers.HttpHeadersFilter;
import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;

/** The headers of an answer that reach the client: nothing about how a service is made. */
final class OutwardHeaders implements HttpHeadersFilter {
    private static final Set<String> DROPPED = Set.of("server", "x-powered-by", "x-application-context");

    @Override
    public HttpHeaders filter(HttpHeaders input, ServerWebExchange exchange) {
        HttpHeaders kept = new HttpHeaders();
        HopByHop hop = HopByHop.of(input);
        input.forEach((name, values) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            if (!hop.covers(lower) && !DROPPED.contains(lower)) {
                kept.put(name, values);
            }
        });
        return kept;
    }

    @Override
    public boolean supports(Type type) {
        return type == Type.RESPONSE;
    }
}
