package io.onsale.gateway.resilience;

import io.onsale.gateway.entry.Visit;
import io.onsale.gateway.routing.ApiCall;
import io.onsale.gateway.routing.RoutePlan;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.core.Ordered;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Takes the places of {@link CallLimits}, and sheds the calls that get none, before any work is spent on them: a short answer now is worth
 * more than a good one after the client gave up.
 */
@Component
final class OverloadFilter implements GlobalFilter, Ordered {
    private final CallLimits limits;

    OverloadFilter(CallLimits limits) {
        this.limits = limits;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        RoutePlan plan = ApiCall.of(exchange).plan();
        if (plan.isStream()) {
            return chain.filter(exchange);
        }
        if (!limits.begin()) {
            return refuse(plan);
        }
        Visit visit = Visit.of(exchange);
        visit.atEnd(limits::end);
        ConcurrencyLimit limit = limits.of(plan);
        if (limit == null) {
            return chain.filter(exchange);
        }
        if (!limit.begin()) {
            return refuse(plan);
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

    private Mono<Void> refuse(RoutePlan plan) {
        return Mono.error(limits.shed(plan).asException());
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
