package io.onsale.gateway.resilience;

import io.onsale.platform.calls.UnclaimedAnswers;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.cloud.gateway.config.HttpClientProperties;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.NettyRoutingFilter;
import org.springframework.cloud.gateway.filter.headers.HttpHeadersFilter;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;

/**
 * Sends a call and is done when the head of its answer is there. The filter that writes the answer hangs up when the call fails or
 * the client leaves, but only on a connection it has been told of: one whose answer comes just then is seen to here.
 */
final class UpstreamSender extends NettyRoutingFilter {

    UpstreamSender(HttpClient http, ObjectProvider<List<HttpHeadersFilter>> headers, HttpClientProperties properties) {
        super(UnclaimedAnswers.noting(http), headers, properties);
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        return UnclaimedAnswers.clearedAway(super.filter(exchange, chain));
    }
}
