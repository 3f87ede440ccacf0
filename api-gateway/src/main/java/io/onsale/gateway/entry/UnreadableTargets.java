package io.onsale.gateway.entry;

import io.onsale.platform.problem.Problem;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.BitSet;
import org.reactivestreams.Publisher;
import org.springframework.boot.reactor.netty.NettyRouteProvider;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.http.server.HttpServerRoutes;

/**
 * Answers requests whose target is no URI (a lone {@code %}, a brace) with a problem like any other. They never get as far as
 * Spring's filters, which need a URI to begin with; by default they would end in a bare 400.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
final class UnreadableTargets implements NettyRouteProvider {
    private static final BitSet HARMLESS = new BitSet();

    static {
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.~!$&'()*+,;=:@/?"
                .chars()
                .forEach(HARMLESS::set);
    }

    private final Refusals refusals;

    UnreadableTargets(Refusals refusals) {
        this.refusals = refusals;
    }

    @Override
    public HttpServerRoutes apply(HttpServerRoutes routes) {
        return routes.route(request -> !isReadable(request.uri()), this::refuse);
    }

    /** Whether {@link URI} can read it. Nearly every target is decided without asking. */
    static boolean isReadable(String target) {
        for (int i = 0; i < target.length(); i++) {
            if (!HARMLESS.get(target.charAt(i))) {
                return parses(target);
            }
        }
        return true;
    }

    private static boolean parses(String target) {
        try {
            new URI(target.startsWith("/") ? "http://localhost" + target : target);
            return true;
        } catch (URISyntaxException unreadable) {
            return false;
        }
    }

    private Publisher<Void> refuse(HttpServerRequest request, HttpServerResponse response) {
        return refusals.send(request, response, Problem.invalid("target", "Uri"), "/");
    }
}
