package io.onsale.platform.kafka;

import java.io.IOException;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.errors.RetriableException;

/** Tells a store, or a broker, that is away from an event that is bad. */
final class StoreAway {

    private StoreAway() {}

    static boolean is(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof TryAgainLater
                    || cause instanceof TimeoutException
                    || cause instanceof RetriableException // Kafka's own timeout is one
                    || cause instanceof IOException && !isJson(cause)) {
                return true;
            }
        }
        return false;
    }

    /** Jackson 2 reports bad text as an I/O error; that is poison. */
    private static boolean isJson(Throwable cause) {
        return cause.getClass().getName().startsWith("com.fasterxml.jackson.");
    }
}
