package io.onsale.gateway.routing;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.http.server.RequestPath;
import org.springframework.web.server.ServerWebExchange;

/**
 * A request under {@code /api/v1}, or under the older {@code /api}, which means the same.
 *
 * @param plan the route that serves it
 * @param path its path without the prefix: {@code /events/42/seats}
 * @param servicePath the path the service knows it by: {@code /api/v1/events/42/seats}
 */
public record ApiCall(RoutePlan plan, PathContainer path, String servicePath) {
    private static final String ATTRIBUTE = ApiCall.class.getName();
    private static final String PREFIX = "/api/v1";

    /** The call this exchange makes; only exchanges that a route matched have one. */
    public static ApiCall of(ServerWebExchange exchange) {
        return exchange.getRequiredAttribute(ATTRIBUTE);
    }

    /** The call, or null when the request is for the gateway itself or for nothing. */
    public static @Nullable ApiCall find(ServerWebExchange exchange) {
        return exchange.getAttribute(ATTRIBUTE);
    }

    static @Nullable ApiCall parse(RouteTable table, RequestPath path) {
        List<PathContainer.Element> elements = path.elements();
        if (!isSegment(elements, 1, "api")) {
            return null;
        }
        int start = isSegment(elements, 3, "v1") ? 4 : 2;
        if (elements.size() <= start + 1) {
            return null;
        }
        PathContainer rest = path.subPath(start);
        RoutePlan plan = table.find(rest);
        return plan == null ? null : new ApiCall(plan, rest, start == 4 ? path.value() : PREFIX + rest.value());
    }

    void attachTo(ServerWebExchange exchange) {
        exchange.getAttributes().put(ATTRIBUTE, this);
    }

    /** Whether this call needs no account. */
    public boolean isOpen(HttpMethod method) {
        return plan.isOpen(method, path);
    }

    private static boolean isSegment(List<PathContainer.Element> elements, int index, String text) {
        return elements.size() > index && elements.get(index).value().equals(text);
    }
}
