package io.onsale.platform.kafka;

import io.onsale.platform.tracing.Traces;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

/**
 * Carries a trace across the broker.
 */
public interface TraceCarrier {

    /** The {@code traceparent} of the work that runs in this context. */
    @Nullable
    String current(ContextView context);

    /** Runs work as the continuation of a trace. */
    <T> Mono<T> continued(@Nullable String traceparent, String name, Mono<T> work);

    /** Makes each message's handling a span of the trace it came with. */
    final class Observed implements TraceCarrier {

        private final Traces traces;

        Observed(Traces traces) {
            this.traces = traces;
        }

        @Override
        public @Nullable String current(ContextView context) {
            return Traces.traceparent(context);
        }

        @Override
        public <T> Mono<T> continued(@Nullable String traceparent, String name, Mono<T> work) {
            return traces.continued(traceparent, name, work);
        }
    }

    /** Hands the header on without understanding it. */
    final class Plain implements TraceCarrier {

        private static final String KEY = "traceparent";

        @Override
        public @Nullable String current(ContextView context) {
            return context.getOrDefault(KEY, null);
        }

        @Override
        public <T> Mono<T> continued(@Nullable String traceparent, String name, Mono<T> work) {
            return traceparent == null ? work : work.contextWrite(context -> context.put(KEY, traceparent));
        }
    }
}
