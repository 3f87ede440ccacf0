package io.onsale.platform.tracing;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.ReceiverContext;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.TraceContext;
import io.micrometer.tracing.handler.TracingObservationHandler.TracingContext;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.observation.ServerRequestObservationContext;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SignalType;
import reactor.util.context.ContextView;

/**
 * Carries a trace over hops that no library instruments: an outbox row, a Kafka record, a forwarded request. The wire
 * form is W3C {@code traceparent}. Reading it costs no thread-locals, so it is fit for hot paths.
 */
public final class Traces {
    /** The header, and the envelope's field, that carries the trace. */
    public static final String TRACEPARENT = "traceparent";

    private static final String NO_TRACE = "0".repeat(32);

    private final ObservationRegistry observations;

    Traces(ObservationRegistry observations) {
        this.observations = observations;
    }

    /** The {@code traceparent} of the work that runs in this Reactor context; null where none is traced. */
    public static @Nullable String traceparent(ContextView context) {
        Object observation = context.getOrDefault(ObservationThreadLocalAccessor.KEY, null);
        return observation instanceof Observation current ? traceparent(current.getContextView()) : null;
    }

    /** The {@code traceparent} under which this request is served; null where requests are not traced. */
    public static @Nullable String traceparent(ServerWebExchange exchange) {
        Observation.ContextView context = observed(exchange);
        return context == null ? null : traceparent(context);
    }

    /** The trace id alone; null where requests are not traced. */
    public static @Nullable String traceId(ServerWebExchange exchange) {
        Observation.ContextView context = observed(exchange);
        TraceContext trace = context == null ? null : trace(context);
        return trace == null ? null : trace.traceId();
    }

    /**
     * Runs {@code work} as a child of the trace that a message came with, or as a new trace when it carries none. The
     * time it took is a timer named {@code name}.
     */
    public <T> Mono<T> continued(@Nullable String traceparent, String name, Mono<T> work) {
        return Mono.defer(() -> {
            Observation observation = Observation.createNotStarted(name, () -> received(traceparent), observations);
            observation.start();
            return work.doOnError(observation::error)
                    .doFinally(signal -> finish(observation, signal))
                    .contextWrite(context -> context.put(ObservationThreadLocalAccessor.KEY, observation));
        });
    }

    private static void finish(Observation observation, SignalType signal) {
        observation.lowCardinalityKeyValue("outcome", signal == SignalType.ON_COMPLETE ? "done" : signal.toString());
        observation.stop();
    }

    private static ReceiverContext<Map<String, String>> received(@Nullable String traceparent) {
        var context = new ReceiverContext<Map<String, String>>(Map::get, Kind.CONSUMER);
        context.setCarrier(traceparent == null ? Map.of() : Map.of(TRACEPARENT, traceparent));
        return context;
    }

    private static Observation.@Nullable ContextView observed(ServerWebExchange exchange) {
        return ServerRequestObservationContext.findCurrent(exchange.getAttributes())
                .orElse(null);
    }

    private static @Nullable TraceContext trace(Observation.ContextView context) {
        TracingContext tracing = context.get(TracingContext.class);
        Span span = tracing == null ? null : tracing.getSpan();
        // A span that is not recorded calls itself a no-op, but its ids are as good as any.
        return span == null || NO_TRACE.equals(span.context().traceId()) ? null : span.context();
    }

    private static @Nullable String traceparent(Observation.ContextView context) {
        TraceContext trace = trace(context);
        if (trace == null) {
            return null;
        }
        String sampled = Boolean.TRUE.equals(trace.sampled()) ? "-01" : "-00";
        return "00-" + trace.traceId() + "-" + trace.spanId() + sampled;
    }
}
