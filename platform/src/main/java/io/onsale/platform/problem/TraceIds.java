package io.onsale.platform.problem;

import org.springframework.web.server.ServerWebExchange;

/** Finds the trace id of a request, so that an answer can be matched with logs. */
@FunctionalInterface
public interface TraceIds {

    /** The id of the trace this request belongs to; never empty. */
    String of(ServerWebExchange exchange);

    /** The trace id of the W3C {@code traceparent} header, or the server's own request id where there is none. */
    static String fromHeader(ServerWebExchange exchange) {
        String traceparent = exchange.getRequest().getHeaders().getFirst("traceparent");
        if (traceparent == null || traceparent.length() < 55 || traceparent.charAt(35) != '-') {
            return exchange.getRequest().getId();
        }
        return traceparent.substring(3, 35);
    }
}
