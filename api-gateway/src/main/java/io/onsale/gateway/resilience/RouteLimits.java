package io.onsale.gateway.resilience;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.onsale.gateway.routing.RoutePlan;
import io.onsale.gateway.routing.RouteTable;
import io.onsale.platform.problem.Problem;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The limits of the routes whose time is only ours, and what is told to whom there is no room for. Each is at most half of the bound for
 * all, so that a crowd at one door does not fill the house.
 */
@Component
final class RouteLimits {
    private static final Duration COME_AGAIN = Duration.ofSeconds(1);

    private final Map<String, ConcurrencyLimit> byRoute = new HashMap<>();
    private final Counter shed;

    RouteLimits(ResilienceSettings settings, RouteTable routes, MeterRegistry meters) {
        this.shed = Counter.builder("onsale.gateway.shed")
                .description("calls refused because too many were under way")
                .register(meters);
        for (RoutePlan plan : routes.plans()) {
            if (isQuick(plan.kind())) {
                ConcurrencyLimit limit = new ConcurrencyLimit(
                        settings.minInFlight(),
                        Math.max(1, settings.maxInFlight() / 2),
                        settings.late(),
                        System.nanoTime());
                Gauge.builder("onsale.gateway.limit", limit, ConcurrencyLimit::limit)
                        .description("calls of the route that may be under way, by the time their answers take")
                        .tag("route", plan.id())
                        .register(meters);
                byRoute.put(plan.id(), limit);
            }
        }
    }

    /** The others take as long as a provider, a password's hash or an upload takes: late says nothing about load. */
    private static boolean isQuick(RoutePlan.Kind kind) {
        return kind == RoutePlan.Kind.PLAIN || kind == RoutePlan.Kind.QUEUE;
    }

    /** The limit of a route; null when it has none. */
    @Nullable
    ConcurrencyLimit of(RoutePlan plan) {
        return byRoute.get(plan.id());
    }

    /** Whether any route is full: cheap enough to be asked for every request. */
    boolean isAnyFull() {
        for (ConcurrencyLimit limit : byRoute.values()) {
            if (limit.isFull()) {
                return true;
            }
        }
        return false;
    }

    /** Counts a call as shed. */
    Problem shed() {
        shed.increment();
        return Problem.of(GatewayProblem.OVERLOADED).retryAfter(COME_AGAIN);
    }
}
