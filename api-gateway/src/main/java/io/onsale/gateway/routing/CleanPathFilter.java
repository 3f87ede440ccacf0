package io.onsale.gateway.routing;

import io.onsale.platform.problem.CommonProblem;
import io.onsale.platform.problem.Problem;
import java.util.Locale;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Refuses paths that two programs could read differently, and finds the call that a clean one makes. No path of ours
 * needs dots, doubled or encoded slashes, or parameters in segments; they only serve to walk past a rule.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 20)
final class CleanPathFilter implements WebFilter {
    private final RouteTable table;

    CleanPathFilter(RouteTable table) {
        this.table = table;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        if (isAmbiguous(exchange.getRequest().getPath().value())) {
            return Mono.error(Problem.of(CommonProblem.NOT_FOUND).asException());
        }
        ApiCall call = ApiCall.parse(table, exchange.getRequest().getPath());
        if (call != null) {
            call.attachTo(exchange);
        }
        return chain.filter(exchange);
    }

    static boolean isAmbiguous(String rawPath) {
        for (int i = 0; i < rawPath.length(); i++) {
            switch (rawPath.charAt(i)) {
                case ';', '\\' -> {
                    return true;
                }
                case '/' -> {
                    if (rawPath.startsWith("//", i) || isDots(rawPath, i + 1)) {
                        return true;
                    }
                }
                case '%' -> {
                    if (isReserved(rawPath, i + 1)) {
                        return true;
                    }
                }
                default -> {}
            }
        }
        return false;
    }

    /** A segment that is "." or "..". */
    private static boolean isDots(String path, int start) {
        int end = path.indexOf('/', start);
        String segment = path.substring(start, end < 0 ? path.length() : end);
        return segment.equals(".") || segment.equals("..");
    }

    /** Encoded characters that mean something else once decoded: / \ . ; % and NUL. */
    private static boolean isReserved(String path, int start) {
        if (start + 2 > path.length()) {
            return true;
        }
        return switch (path.substring(start, start + 2).toLowerCase(Locale.ROOT)) {
            case "2f", "5c", "2e", "3b", "25", "00" -> true;
            default -> false;
        };
    }
}
