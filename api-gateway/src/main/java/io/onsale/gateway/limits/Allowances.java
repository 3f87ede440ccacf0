package io.onsale.gateway.limits;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.onsale.gateway.entry.Visit;
import io.onsale.gateway.routing.ApiCall;
import io.onsale.platform.problem.CommonProblem;
import io.onsale.platform.problem.Problem;
import io.onsale.platform.problem.ProblemException;
import io.onsale.platform.tokens.Caller;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Takes calls from the allowances of their callers and tells them how much is left (RateLimit header fields draft). */
@Component
final class Allowances {
    private static final Logger log = LoggerFactory.getLogger(Allowances.class);

    private final Limiter limiter;
    private final LimitSettings settings;
    private final Counter refused;
    private final Counter blind;

    Allowances(Limiter limiter, LimitSettings settings, MeterRegistry meters) {
        this.limiter = limiter;
        this.settings = settings;
        this.refused = Counter.builder("onsale.gateway.limited")
                .description("calls refused because their caller had none left")
                .register(meters);
        this.blind = Counter.builder("onsale.gateway.uncounted")
                .description("calls that could not be counted because Redis was away")
                .register(meters);
    }

    /** Completes when the call may go on; fails with the problem when it may not. */
    Mono<Void> take(ServerWebExchange exchange, @Nullable Caller caller) {
        CallClass callClass =
                CallClass.of(ApiCall.of(exchange), exchange.getRequest().getMethod(), caller == null);
        Mono<Verdict> taken = limiter.take(callClass, caller, Visit.of(exchange).clientAddress());
        Mono<Void> counted = taken.flatMap(verdict -> tell(exchange, callClass, verdict));
        Mono<Void> checked = caller == null ? counted : Mono.when(counted, refuseRevoked(caller));
        return checked.onErrorResume(
                error -> !(error instanceof ProblemException), error -> withoutCounting(callClass, error));
    }

    private Mono<Void> refuseRevoked(Caller caller) {
        return limiter.isRevoked(caller)
                .flatMap(revoked -> revoked
                        ? Mono.error(Problem.of(CommonProblem.TOKEN_INVALID).asException())
                        : Mono.empty());
    }

    private Mono<Void> tell(ServerWebExchange exchange, CallClass callClass, Verdict verdict) {
        HttpHeaders headers = exchange.getResponse().getHeaders();
        String name = '"' + callClass.label() + '"';
        headers.set(
                "RateLimit-Policy",
                name + ";q=" + verdict.limit() + ";w=" + settings.window().toSeconds());
        headers.set("RateLimit", name + ";r=" + verdict.remaining() + ";t=" + (verdict.waitMillis() + 999) / 1000);
        if (verdict.granted()) {
            return Mono.empty();
        }
        refused.increment();
        return Mono.error(Problem.of(CommonProblem.RATE_LIMITED)
                .retryAfter(Duration.ofMillis(verdict.waitMillis()))
                .asException());
    }

    private Mono<Void> withoutCounting(CallClass callClass, Throwable error) {
        blind.increment();
        log.debug("A call of class {} could not be counted", callClass, error);
        LimitSettings.Allowance allowance = settings.classes().get(callClass);
        boolean closed = allowance != null && allowance.whenBlind() == LimitSettings.WhenBlind.CLOSED;
        return closed
                ? Mono.error(Problem.of(CommonProblem.UNAVAILABLE)
                        .retryAfter(Duration.ofSeconds(2))
                        .asException())
                : Mono.empty();
    }
}
