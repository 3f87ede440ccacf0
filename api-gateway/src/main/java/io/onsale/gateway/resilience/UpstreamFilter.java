package io.onsale.gateway.resilience;

import static org.springframework.cloud.gateway.support.ServerWebExchangeUtils.GATEWAY_REQUEST_URL_ATTR;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.reactor.circuitbreaker.operator.CircuitBreakerOperator;
import io.onsale.gateway.entry.Visit;
import io.onsale.gateway.routing.ApiCall;
import io.onsale.gateway.routing.RoutePlan;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.core.Ordered;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Sends the call to an instance of its service. A call that never arrived goes to another instance, whatever its
 * method; a GET whose connection broke is sent again after a pause. The rest of the chain does the sending and is done
 * when the head of the answer is there.
 */
@Component
final class UpstreamFilter implements GlobalFilter, Ordered {
    private final Instances instances;
    private final Breakers breakers;
    private final ResilienceSettings settings;

    UpstreamFilter(Instances instances, Breakers breakers, ResilienceSettings settings) {
        this.instances = instances;
        this.breakers = breakers;
        this.settings = settings;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        ApiCall call = ApiCall.of(exchange);
        RoutePlan plan = call.plan();
        return new Delivery(exchange, chain, call)
                .send()
                .transformDeferred(CircuitBreakerOperator.of(breakers.of(plan)))
                .onErrorMap(
                        CallNotPermittedException.class,
                        open -> Failures.unavailable(plan.service(), breakers.openTime(plan)))
                .onErrorResume(ClientGone.class, gone -> endWithoutAnAnswer(exchange))
                .onErrorMap(error -> Failures.told(error, plan.service()));
    }

    /** Nobody is there to read one; the log shows a bad request. */
    private static Mono<Void> endWithoutAnAnswer(ServerWebExchange exchange) {
        exchange.getResponse().setStatusCode(HttpStatus.BAD_REQUEST);
        return exchange.getResponse().setComplete();
    }

    /** After the filters that may refuse a call, before the one that sends it. */
    @Override
    public int getOrder() {
        return 10_000;
    }

    /** One call on its way, with the instances it was tried at. */
    private final class Delivery {
        private final ServerWebExchange exchange;
        private final GatewayFilterChain chain;
        private final ApiCall call;
        private final List<Instance> tried = new ArrayList<>(1);
        private int retries;

        Delivery(ServerWebExchange exchange, GatewayFilterChain chain, ApiCall call) {
            this.exchange = exchange.mutate()
                    .request(ClientGone.toldBy(exchange.getRequest(), Visit.of(exchange)))
                    .build();
            this.chain = chain;
            this.call = call;
        }

        Mono<Void> send() {
            Instance instance = instances.choose(call.plan().service(), tried);
            if (instance == null) {
                return Mono.error(Failures.unavailable(call.plan().service(), settings.probeInterval()));
            }
            return sendTo(instance).onErrorResume(Failures::isTransport, error -> again(instance, error));
        }

        private Mono<Void> sendTo(Instance instance) {
            Visit visit = Visit.of(exchange);
            visit.sentTo(instance.base().getAuthority());
            exchange.getAttributes().put(GATEWAY_REQUEST_URL_ATTR, addressAt(instance));
            instance.begin();
            visit.atEnd(instance::end);
            return chain.filter(exchange);
        }

        private Mono<Void> again(Instance failed, Throwable error) {
            if (Failures.isRefused(error)) {
                failed.refused();
            }
            tried.add(failed);
            if (Failures.wasNeverSent(error) && instances.choose(call.plan().service(), tried) != null) {
                return resend();
            }
            if (!isRepeatable()
                    || Failures.isTimeout(error)
                    || retries == settings.retryDelays().size()) {
                return Mono.error(error);
            }
            // After the pause, the same instance may be back.
            tried.clear();
            return Mono.delay(settings.retryDelays().get(retries++)).then(Mono.defer(this::resend));
        }

        private Mono<Void> resend() {
            ServerWebExchangeUtils.reset(exchange);
            return send();
        }

        private boolean isRepeatable() {
            HttpMethod method = exchange.getRequest().getMethod();
            return HttpMethod.GET.equals(method) || HttpMethod.HEAD.equals(method);
        }

        private URI addressAt(Instance instance) {
            String query = exchange.getRequest().getURI().getRawQuery();
            String address = instance.prefix() + call.servicePath();
            return URI.create(query == null ? address : address + '?' + query);
        }
    }
}
