package io.onsale.gateway.resilience;

import io.onsale.gateway.entry.Visit;
import io.onsale.platform.tracing.Traces;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.gateway.filter.headers.HttpHeadersFilter;
import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;

/**
 * The headers of a request that reach a service: nothing a client says about who or where it is, except a token that
 * was verified here; instead, what the gateway found out itself.
 */
final class InwardHeaders implements HttpHeadersFilter {
    /** Told anew by the gateway, or ours to decide. */
    private static final Set<String> DROPPED = Set.of(
            "host",
            "accept-encoding",
            "forwarded",
            "traceparent",
            "tracestate",
            "baggage",
            "internal-key",
            "x-request-id",
            "x-real-ip",
            "x-http-method-override",
            "x-original-url",
            "x-rewrite-url",
            "expect");

    private static final List<String> IDENTITY_PREFIXES = List.of(
            "x-user", "x-auth", "x-role", "x-account", "x-member", "x-onsale", "x-forwarded", "x-b3", "x-internal");

    @Override
    public HttpHeaders filter(HttpHeaders input, ServerWebExchange exchange) {
        HttpHeaders kept = new HttpHeaders();
        Visit visit = Visit.of(exchange);
        HopByHop hop = HopByHop.of(input);
        input.forEach((name, values) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            if (!hop.covers(lower) && !isDropped(lower, visit)) {
                kept.put(name, values);
            }
        });
        tell(kept, exchange, visit);
        return kept;
    }

    private static boolean isDropped(String name, Visit visit) {
        if (name.equals("authorization")) {
            return !visit.carriesVerifiedToken();
        }
        if (DROPPED.contains(name)) {
            return true;
        }
        if (!name.startsWith("x-")) {
            return false;
        }
        for (String prefix : IDENTITY_PREFIXES) {
            if (name.startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }

    private static void tell(HttpHeaders headers, ServerWebExchange exchange, Visit visit) {
        headers.set("X-Request-Id", visit.requestId());
        headers.set("X-Forwarded-For", visit.clientAddress());
        URI asked = exchange.getRequest().getURI();
        headers.set("X-Forwarded-Proto", exchange.getRequest().getSslInfo() == null ? "http" : "https");
        setIfPresent(headers, "X-Forwarded-Host", asked.getRawAuthority());
        setIfPresent(headers, Traces.TRACEPARENT, Traces.traceparent(exchange));
    }

    private static void setIfPresent(HttpHeaders headers, String name, @Nullable String value) {
        if (value != null) {
            headers.set(name, value);
        }
    }

    @Override
    public boolean supports(Type type) {
        return type == Type.REQUEST;
    }
}
