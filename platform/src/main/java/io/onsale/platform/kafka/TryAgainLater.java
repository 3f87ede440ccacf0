package io.onsale.platform.kafka;

import org.jspecify.annotations.Nullable;

/** The event is fine but something it needs is away (a store, a service): retried without end, never parked. */
public class TryAgainLater extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public TryAgainLater(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
