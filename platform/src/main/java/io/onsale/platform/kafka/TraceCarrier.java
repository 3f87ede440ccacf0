package io.onsale.platform.kafka;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

/**
 * Carries a trace across the broker. The default keeps the bare W3C header in the Reactor context; a tracing library replaces
 * it by a bean of this type.
 */
public interface TraceCarrier {

    /** The {@code traceparent} of the work that runs in this context. */
    @Nullable
    String current(ContextView context);

    /** Runs work as the continuation of a trace. */
    <T> Mono<T> continued(@Nullable String traceparent, String name, Mono<T> work);

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
