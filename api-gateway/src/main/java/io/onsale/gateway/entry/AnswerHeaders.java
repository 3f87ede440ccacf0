package io.onsale.gateway.entry;

import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;

/** Puts the headers on every answer that keep browsers from doing more with it than we meant. */
@Component
final class AnswerHeaders {
    private static final String HSTS = "Strict-Transport-Security";
    private static final String CSP = "Content-Security-Policy";
    /** Answers are data: no page may run, frame or fetch anything out of them. */
    static final String NOTHING_ELSE = "default-src 'none'; frame-ancestors 'none'";

    /** Completes the headers just before they are sent; what a handler chose on purpose stays. */
    void complete(ServerWebExchange exchange) {
        HttpHeaders headers = exchange.getResponse().getHeaders();
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("X-Frame-Options", "DENY");
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("Cross-Origin-Opener-Policy", "same-origin");
        if (!headers.containsHeader(CSP)) {
            headers.set(CSP, NOTHING_ELSE);
        }
        if (!headers.containsHeader(HttpHeaders.CACHE_CONTROL)) {
            headers.setCacheControl(CacheControl.noStore());
        }
        if (exchange.getRequest().getSslInfo() != null) {
            headers.set(HSTS, "max-age=31536000; includeSubDomains");
        }
    }
}
