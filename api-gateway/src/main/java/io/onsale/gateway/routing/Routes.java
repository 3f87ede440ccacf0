package io.onsale.gateway.routing;

import org.springframework.cloud.gateway.route.Route;
import org.springframework.cloud.gateway.route.RouteLocator;
import org.springframework.cloud.gateway.support.RouteMetadataUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Flux;

/** The route table as the gateway's routes. */
@Configuration(proxyBeanMethods = false)
class Routes {

    @Bean
    RouteLocator apiRoutes(RouteTable table, RoutingSettings settings) {
        Flux<Route> routes = Flux.fromStream(table.plans().stream().map(plan -> route(plan, settings)))
                .cache();
        return () -> routes;
    }

    private static Route route(RoutePlan plan, RoutingSettings settings) {
        return Route.async()
                .id(plan.id())
                // Which instance of the service it is, is decided per request.
                .uri("http://" + plan.service().label())
                .predicate(exchange -> {
                    ApiCall call = ApiCall.find(exchange);
                    return call != null && call.plan() == plan;
                })
                .metadata(RouteMetadataUtils.RESPONSE_TIMEOUT_ATTR, settings.responseTimeoutMillis(plan.kind()))
                .build();
    }
}
