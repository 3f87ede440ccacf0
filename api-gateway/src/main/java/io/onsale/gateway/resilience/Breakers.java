package io.onsale.gateway.resilience;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.onsale.gateway.routing.RoutePlan;
import io.onsale.gateway.routing.RouteTable;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** One circuit breaker per route. */
@Component
final class Breakers {
    private static final Logger log = LoggerFactory.getLogger(Breakers.class);

    private final ResilienceSettings settings;
    private final Map<String, CircuitBreaker> byRoute = new HashMap<>();

    Breakers(ResilienceSettings settings, RouteTable routes, MeterRegistry meters) {
        this.settings = settings;
        for (RoutePlan plan : routes.plans()) {
            CircuitBreaker breaker = CircuitBreaker.of(plan.id(), config(plan));
            breaker.getEventPublisher().onStateTransition(event -> log.warn("{}", event));
            Gauge.builder("onsale.gateway.breaker.open", breaker, Breakers::openness)
                    .description("1 while calls of the route are refused, 0.5 while it is tried out again")
                    .tag("route", plan.id())
                    .register(meters);
            byRoute.put(plan.id(), breaker);
        }
    }

    CircuitBreaker of(RoutePlan plan) {
        return Objects.requireNonNull(byRoute.get(plan.id()));
    }

    Duration openTime(RoutePlan plan) {
        return plan.kind() == RoutePlan.Kind.PAYMENT ? settings.paymentBreakerOpen() : settings.breakerOpen();
    }

    private CircuitBreakerConfig config(RoutePlan plan) {
        return CircuitBreakerConfig.custom()
                .slidingWindowSize(settings.breakerWindow())
                .minimumNumberOfCalls(settings.breakerMinimum())
                .failureRateThreshold(settings.breakerFailurePercent())
                .waitDurationInOpenState(openTime(plan))
                .permittedNumberOfCallsInHalfOpenState(5)
                .recordException(Failures::isTransport)
                .ignoreException(ClientGone.class::isInstance)
                .build();
    }

    private static double openness(CircuitBreaker breaker) {
        return switch (breaker.getState()) {
            case OPEN, FORCED_OPEN -> 1;
            case HALF_OPEN -> 0.5;
            default -> 0;
        };
    }
}
