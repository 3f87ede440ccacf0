package io.onsale.gateway.entry;

import java.util.Map;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;

/** Puts the headers on every answer that keep browsers from doing more with it than we meant. */
@Component
final class AnswerHeaders {
    private static final String HSTS = "Strict-Transport-Security";
    private static final String FOR_A_YEAR = "max-age=31536000; includeSubDomains";
    private static final String CSP = "Content-Security-Policy";
    /** Answers are data: no page may run, frame or fetch anything out of them. */
    private static final String NOTHING_ELSE = "default-src 'none'; frame-ancestors 'none'";

    private static final Map<String, String> ALWAYS = Map.of(
            "X-Content-Type-Options", "nosniff",
            "X-Frame-Options", "DENY",
            "Referrer-Policy", "no-referrer",
            "Cross-Origin-Opener-Policy", "same-origin");

    /** Completes the headers just before they are sent; what a handler chose on purpose stays. */
    void complete(ServerWebExchange exchange) {
        HttpHeaders headers = exchange.getResponse().getHeaders();
        ALWAYS.forEach(headers::set);
        if (!headers.containsHeader(CSP)) {
            headers.set(CSP, NOTHING_ELSE);
        }
        if (!headers.containsHeader(HttpHeaders.CACHE_CONTROL)) {
            headers.setCacheControl(CacheControl.noStore());
        }
        if (exchange.getRequest().getSslInfo() != null) {
            headers.set(HSTS, FOR_A_YEAR);
        }
    }

    /** The same for an answer that Spring does not give. */
    static void complete(io.netty.handler.codec.http.HttpHeaders headers, String connectionScheme) {
        ALWAYS.forEach(headers::set);
        headers.set(CSP, NOTHING_ELSE)
                .set(HttpHeaders.CACHE_CONTROL, CacheControl.noStore().getHeaderValue());
        if (connectionScheme.equals("https")) {
            headers.set(HSTS, FOR_A_YEAR);
        }
    }
}
