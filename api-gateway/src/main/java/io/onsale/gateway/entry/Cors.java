package io.onsale.gateway.entry;

import io.onsale.platform.problem.Problem;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.reactive.CorsWebFilter;
import org.springframework.web.cors.reactive.DefaultCorsProcessor;
import org.springframework.web.cors.reactive.UrlBasedCorsConfigurationSource;

/** Which browser pages may call. Preflights are answered here and count against no limit. */
@Configuration(proxyBeanMethods = false)
class Cors {
    private static final List<String> REQUEST_HEADERS = List.of(
            "Authorization", "Queue-Pass", "Idempotency-Key", "Content-Type", "Accept-Language", "Last-Event-ID");
    static final List<String> ANSWER_HEADERS =
            List.of("Retry-After", "RateLimit", "RateLimit-Policy", "X-Request-Id", "Location", "New-Access-Token");

    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE + 10)
    CorsWebFilter corsFilter(EntrySettings settings) {
        var source = new UrlBasedCorsConfigurationSource();
        source.registerCorsConfiguration("/**", allowed(settings));
        return new CorsWebFilter(source, new ToldRefusals());
    }

    /** The pages that may call, and what they may send and read. */
    static CorsConfiguration allowed(EntrySettings settings) {
        CorsConfiguration allowed = new CorsConfiguration();
        allowed.setAllowedOriginPatterns(settings.allowedOrigins());
        allowed.setAllowedMethods(List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"));
        allowed.setAllowedHeaders(REQUEST_HEADERS);
        allowed.setExposedHeaders(ANSWER_HEADERS);
        allowed.setMaxAge(settings.corsMaxAge());
        return allowed;
    }

    /** Tells a page that may not call so like any other refusal, instead of with an empty answer. */
    private static final class ToldRefusals extends DefaultCorsProcessor {

        @Override
        protected void rejectRequest(ServerHttpResponse response) {
            throw Problem.of(EntryProblem.ORIGIN_REFUSED).asException();
        }
    }
}
