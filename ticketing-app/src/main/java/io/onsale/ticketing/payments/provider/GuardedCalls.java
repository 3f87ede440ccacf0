package io.onsale.ticketing.payments.provider;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.bulkhead.BulkheadFullException;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.micrometer.tagged.TaggedBulkheadMetrics;
import io.github.resilience4j.micrometer.tagged.TaggedCircuitBreakerMetrics;
import io.github.resilience4j.reactor.bulkhead.operator.BulkheadOperator;
import io.github.resilience4j.reactor.circuitbreaker.operator.CircuitBreakerOperator;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.springframework.web.reactive.function.client.WebClientRequestException;
import reactor.core.publisher.Mono;

/** What stands between us and a provider: a time-out, a breaker that counts only failures to answer, and a bulkhead. */
public final class GuardedCalls {

    private static final int LOOKS_AT_ONCE = 8;

    private final Duration timeout;
    private final CircuitBreaker breaker;
    private final Bulkhead bulkhead;

    GuardedCalls(String provider, ProviderCallSettings settings, MeterRegistry meters) {
        this(provider, settings, settings.concurrentCalls(), meters);
    }

    /** For looks that nothing waits for: few at once, and their failures are nobody else's. */
    static GuardedCalls forLooks(String provider, ProviderCallSettings settings, MeterRegistry meters) {
        return new GuardedCalls(provider + ".looks", settings, LOOKS_AT_ONCE, meters);
    }

    private GuardedCalls(String provider, ProviderCallSettings settings, int atOnce, MeterRegistry meters) {
        this.timeout = settings.timeout();
        var breakers = CircuitBreakerRegistry.of(CircuitBreakerConfig.custom()
                .slidingWindowSize(settings.breakerWindow())
                .minimumNumberOfCalls(settings.breakerMinimumCalls())
                .failureRateThreshold(settings.breakerFailurePercent())
                .waitDurationInOpenState(settings.breakerOpenFor())
                .permittedNumberOfCallsInHalfOpenState(3)
                .recordException(ProviderUnavailableException.class::isInstance)
                .ignoreExceptions(ProviderBusyException.class)
                .build());
        var bulkheads = BulkheadRegistry.of(BulkheadConfig.custom()
                .maxConcurrentCalls(atOnce)
                .maxWaitDuration(Duration.ZERO)
                .build());
        this.breaker = breakers.circuitBreaker("payments." + provider);
        this.bulkhead = bulkheads.bulkhead("payments." + provider);
        TaggedCircuitBreakerMetrics.ofCircuitBreakerRegistry(breakers).bindTo(meters);
        TaggedBulkheadMetrics.ofBulkheadRegistry(bulkheads).bindTo(meters);
    }

    /** Runs a call; whatever keeps its answer from us becomes {@link ProviderUnavailableException}. */
    <T> Mono<T> call(String what, Mono<T> call) {
        return call.timeout(timeout)
                .onErrorMap(TimeoutException.class, late -> unavailable(what + " took too long", late))
                .onErrorMap(
                        WebClientRequestException.class, broken -> unavailable(what + " did not get through", broken))
                .transformDeferred(CircuitBreakerOperator.of(breaker))
                .transformDeferred(BulkheadOperator.of(bulkhead))
                .onErrorMap(CallNotPermittedException.class, open -> unavailable(what + ": the breaker is open", open))
                .onErrorMap(BulkheadFullException.class, full -> unavailable(what + ": too many calls at once", full))
                .checkpoint(what);
    }

    static ProviderUnavailableException unavailable(String message, Throwable cause) {
        return new ProviderUnavailableException(message, cause);
    }
}
