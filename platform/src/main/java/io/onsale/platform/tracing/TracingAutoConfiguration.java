package io.onsale.platform.tracing;

import io.micrometer.observation.ObservationPredicate;
import io.micrometer.observation.ObservationRegistry;
import io.onsale.platform.problem.TraceIds;
import java.util.Objects;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.http.server.reactive.observation.ServerRequestObservationContext;

/** Joins the problem's {@code traceId}, messages and logs to the traces that Spring's observations make. */
@AutoConfiguration(
        beforeName = "io.onsale.platform.problem.ProblemAutoConfiguration",
        afterName = "org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration")
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
class TracingAutoConfiguration {

    @Bean
    Traces traces(ObjectProvider<ObservationRegistry> observations) {
        return new Traces(observations.getIfAvailable(() -> ObservationRegistry.NOOP));
    }

    @Bean
    TraceIds observedTraceIds() {
        return exchange -> Objects.requireNonNullElseGet(Traces.traceId(exchange), () -> TraceIds.fromHeader(exchange));
    }

    /** Probes and scrapes come every second and tell nothing about what users see. */
    @Bean
    ObservationPredicate nothingOfProbes() {
        return (name, context) -> !(context instanceof ServerRequestObservationContext request
                && request.getCarrier() != null
                && isProbe(request.getCarrier().getPath().value()));
    }

    private static boolean isProbe(String path) {
        return path.startsWith("/actuator") || path.equals("/readyz") || path.equals("/livez");
    }
}
