package io.onsale.gateway.resilience;

import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;

/** One running copy of a service. */
final class Instance {
    /** Probes it may leave unanswered in a row before it counts as gone: a busy machine is not a dead one. */
    private static final int PATIENCE = 3;

    private final URI base;
    private final String prefix;
    private final AtomicInteger underWay = new AtomicInteger();
    private volatile boolean available = true;
    private volatile int unanswered;

    Instance(URI base) {
        this.base = base;
        String text = base.toString();
        this.prefix = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }

    URI base() {
        return base;
    }

    /** Its address as text, without a slash at the end. */
    String prefix() {
        return prefix;
    }

    boolean isAvailable() {
        return available;
    }

    int underWay() {
        return underWay.get();
    }

    void begin() {
        underWay.incrementAndGet();
    }

    void end() {
        underWay.decrementAndGet();
    }

    /** Nobody listens there: out at once, until a probe finds it again. */
    void refused() {
        available = false;
    }

    /** It said whether it takes requests. */
    void answered(boolean ready) {
        unanswered = 0;
        available = ready;
    }

    /** A probe ran out of time. Called by the one prober only. */
    @SuppressWarnings("NonAtomicVolatileUpdate")
    void silent() {
        unanswered++;
        if (unanswered >= PATIENCE) {
            available = false;
        }
    }
}
