package io.onsale.gateway.resilience;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.onsale.gateway.entry.Visit;
import io.onsale.gateway.routing.ApiCall;
import io.onsale.gateway.routing.RoutePlan;
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
 * than a good one after the client gave up. There is a bound for all calls under way, and {@link RouteLimits} within it.
 */
@Component
final class OverloadFilter implements GlobalFilter, Ordered {
    private final int most;
    private final AtomicInteger underWay = new AtomicInteger();
    private final RouteLimits limits;

    OverloadFilter(ResilienceSettings settings, RouteLimits limits, MeterRegistry meters) {
        this.most = settings.maxInFlight();
        this.limits = limits;
        Gauge.builder("onsale.gateway.in.flight", underWay, AtomicInteger::get)
                .description("calls under way, streams not counted")
                .register(meters);
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
        ConcurrencyLimit limit = limits.of(plan);
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
        return Mono.error(limits.shed().asException());
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
