package io.onsale.gateway.limits;

import io.onsale.gateway.entry.Visit;
import io.onsale.gateway.identity.Identifier;
import io.onsale.gateway.identity.Identity;
import io.onsale.gateway.routing.ApiCall;
import io.onsale.platform.problem.Problem;
import io.onsale.platform.problem.ProblemCode;
import java.time.Duration;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.core.Ordered;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Lets a call in: its token says who makes it, Redis says whether that token was taken back and whether the caller has
 * calls left. Calls with a bad token count against their address, so that guessing is not free.
 */
@Component
final class AdmissionFilter implements GlobalFilter, Ordered {
    private static final Duration COME_AGAIN = Duration.ofSeconds(1);

    private final Identifier identifier;
    private final Allowances allowances;

    AdmissionFilter(Identifier identifier, Allowances allowances) {
        this.identifier = identifier;
        this.allowances = allowances;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        return Mono.defer(() -> admit(exchange)).then(Mono.defer(() -> chain.filter(exchange)));
    }

    /** To be deferred: what is done first is kept as long as the call lasts, and this would hold on to the token's claims. */
    private Mono<Void> admit(ServerWebExchange exchange) {
        return identifier.identify(exchange.getRequest().getHeaders()).flatMap(identity -> admit(exchange, identity));
    }

    private Mono<Void> admit(ServerWebExchange exchange, Identity identity) {
        if (identity instanceof Identity.Known known) {
            return allowances
                    .take(exchange, known.caller())
                    .then(Mono.fromRunnable(() -> Visit.of(exchange).identified(known.caller())));
        }
        ProblemCode reason = ((Identity.Unknown) identity).reason();
        boolean isOpen = ApiCall.of(exchange).isOpen(exchange.getRequest().getMethod());
        Mono<Void> counted = allowances.take(exchange, null);
        return isOpen ? counted : counted.then(Mono.error(() -> refusal(reason).asException()));
    }

    private static Problem refusal(ProblemCode reason) {
        Problem problem = Problem.of(reason);
        return reason.status().is5xxServerError() ? problem.retryAfter(COME_AGAIN) : problem;
    }

    @Override
    public int getOrder() {
        return -90;
    }
}
