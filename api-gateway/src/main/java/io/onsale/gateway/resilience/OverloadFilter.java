package io.onsale.gateway.resilience;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.onsale.gateway.entry.Visit;
import io.onsale.gateway.routing.ApiCall;
import io.onsale.platform.problem.Problem;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.core.Ordered;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Sheds calls beyond what can be under way at once, before any work is spent on them: a short answer now is worth more
 * than a good one after the client gave up.
 */
@Component
final class OverloadFilter implements GlobalFilter, Ordered {
    private final int most;
    private final AtomicInteger underWay = new AtomicInteger();
    private final Counter shed;

    OverloadFilter(ResilienceSettings settings, MeterRegistry meters) {
        this.most = settings.maxInFlight();
        this.shed = Counter.builder("onsale.gateway.shed")
                .description("calls refused because too many were under way")
                .register(meters);
        Gauge.builder("onsale.gateway.in.flight", underWay, AtomicInteger::get)
                .description("calls under way, streams not counted")
                .register(meters);
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        if (ApiCall.of(exchange).plan().isStream()) {
            return chain.filter(exchange);
        }
        if (underWay.incrementAndGet() > most) {
            underWay.decrementAndGet();
            shed.increment();
            return Mono.error(Problem.of(GatewayProblem.OVERLOADED)
                    .retryAfter(Duration.ofSeconds(1))
                    .asException());
        }
        Visit.of(exchange).atEnd(underWay::decrementAndGet);
        return chain.filter(exchange);
    }

    @Override
    public int getOrder() {
        return -100;
    }
}
