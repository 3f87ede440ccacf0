package io.onsale.gateway.resilience;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.onsale.gateway.entry.Visit;
import io.onsale.gateway.routing.ApiCall;
import io.onsale.gateway.routing.RoutePlan;
import io.onsale.gateway.routing.RouteTable;
import io.onsale.platform.problem.Problem;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.core.Ordered;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Sheds calls that could not be answered in time, before any work is spent on them: a short answer now is worth more
 * than a good one after the client gave up. There is a bound for all calls under way, and for each route whose time is only ours a
 * {@link ConcurrencyLimit} of at most half of it, so that a crowd at one door does not fill the house.
 */
@Component
final class OverloadFilter implements GlobalFilter, Ordered {
    private final int most;
    private final AtomicInteger underWay = new AtomicInteger();
    private final Map<String, ConcurrencyLimit> byRoute = new HashMap<>();
    private final Counter shed;

    OverloadFilter(ResilienceSettings settings, RouteTable routes, MeterRegistry meters) {
        this.most = settings.maxInFlight();
        this.shed = Counter.builder("onsale.gateway.shed")
                .description("calls refused because too many were under way")
                .register(meters);
        Gauge.builder("onsale.gateway.in.flight", underWay, AtomicInteger::get)
                .description("calls under way, streams not counted")
                .register(meters);
        for (RoutePlan plan : routes.plans()) {
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

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        RoutePlan plan = ApiCall.of(exchange).plan();
        if (plan.isStream()) {
            return chain.filter(exchange);
        }
        if (underWay.incrementAndGet() > most) {
            underWay.decrementAndGet();
            return refuse();
        }
        Visit visit = Visit.of(exchange);
        visit.atEnd(underWay::decrementAndGet);
        ConcurrencyLimit limit = byRoute.get(plan.id());
        if (limit == null) {
            return chain.filter(exchange);
        }
        if (!limit.begin()) {
            return refuse();
        }
        // How long a client takes to read its answer is not our lateness.
        Runnable answered = once(() -> end(limit, visit));
        exchange.getResponse().beforeCommit(() -> Mono.fromRunnable(answered));
        visit.atEnd(answered);
        return chain.filter(exchange);
    }

    private static void end(ConcurrencyLimit limit, Visit visit) {
        limit.end();
        long took = visit.servingNanos();
        if (visit.upstream() != null && took >= 0) {
            limit.answered(took, System.nanoTime());
        }
    }

    private Mono<Void> refuse() {
        shed.increment();
        return Mono.error(Problem.of(GatewayProblem.OVERLOADED)
                .retryAfter(Duration.ofSeconds(1))
                .asException());
    }

    private static Runnable once(Runnable action) {
        AtomicBoolean done = new AtomicBoolean();
        return () -> {
            if (done.compareAndSet(false, true)) {
                action.run();
            }
        };
    }

    @Override
    public int getOrder() {
        return -100;
    }
}
