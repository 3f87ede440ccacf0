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
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * How many calls may be under way: a bound for all of them, streams not counted, and for each route whose time is only ours a
 * {@link ConcurrencyLimit} of at most half of it, so that a crowd at one door does not fill the house.
 */
@Component
final class CallLimits {
    private static final Duration COME_AGAIN = Duration.ofSeconds(1);

    private final int most;
    private final AtomicInteger underWay = new AtomicInteger();
    private final Map<String, ConcurrencyLimit> byRoute = new HashMap<>();
    private final Map<String, Counter> shed = new HashMap<>();

    CallLimits(ResilienceSettings settings, RouteTable routes, MeterRegistry meters) {
        this.most = settings.maxInFlight();
        Gauge.builder("onsale.gateway.in.flight", underWay, AtomicInteger::get)
                .description("calls under way, streams not counted")
                .register(meters);
        for (RoutePlan plan : routes.plans()) {
            shed.put(
                    plan.id(),
                    Counter.builder("onsale.gateway.shed")
                            .description("calls refused because too many were under way")
                            .tag("route", plan.id())
                            .register(meters));
            if (isQuick(plan.kind())) {
                ConcurrencyLimit limit = new ConcurrencyLimit(
                        settings.minInFlight(), Math.max(1, most / 2), settings.late(), System.nanoTime());
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

    /** Takes one of all places, which {@link #end()} gives back; false when there is none. */
    boolean begin() {
        if (underWay.incrementAndGet() > most) {
            underWay.decrementAndGet();
            return false;
        }
        return true;
    }

    /** Gives a place back. */
    void end() {
        underWay.decrementAndGet();
    }

    /** The limit of a route; null when it has none of its own. */
    @Nullable
    ConcurrencyLimit of(RoutePlan plan) {
        return byRoute.get(plan.id());
    }

    /** Whether calls of any route would be refused now: cheap enough to be asked for every request. */
    boolean isAnyFull() {
        if (isHouseFull()) {
            return true;
        }
        for (ConcurrencyLimit limit : byRoute.values()) {
            if (limit.isFull()) {
                return true;
            }
        }
        return false;
    }

    /** Whether a call of this route would be refused now. */
    boolean isFull(RoutePlan plan) {
        if (plan.isStream()) {
            return false;
        }
        ConcurrencyLimit limit = of(plan);
        return isHouseFull() || (limit != null && limit.isFull());
    }

    private boolean isHouseFull() {
        return underWay.get() >= most;
    }

    /** What a call is told for which there is no room; it is counted. */
    Problem shed(RoutePlan plan) {
        Objects.requireNonNull(shed.get(plan.id())).increment();
        return Problem.of(GatewayProblem.OVERLOADED).retryAfter(COME_AGAIN);
    }
}
