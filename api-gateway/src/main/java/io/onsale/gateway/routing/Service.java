package io.onsale.gateway.routing;

import java.util.Locale;

/** The services behind the gateway. */
public enum Service {
    QUEUE,
    TICKETING;

    /** The name clients are told when it does not answer. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
