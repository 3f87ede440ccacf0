package io.onsale.gateway.limits;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How many calls are allowed.
 *
 * @param window over which calls are counted
 * @param classes by class; one that is missing here is not limited
 */
@ConfigurationProperties("onsale.gateway.limits")
record LimitSettings(
        @DefaultValue("1m") Duration window, @DefaultValue Map<CallClass, Allowance> classes) {

    LimitSettings {
        Map<CallClass, Allowance> byClass = new EnumMap<>(CallClass.class);
        byClass.putAll(classes);
        classes = byClass;
        if (window.toMillis() < 1000) {
            throw new IllegalArgumentException("onsale.gateway.limits.window: at least 1s");
        }
    }

    /**
     * What one class of calls may do in a window; what is absent is not limited.
     *
     * @param perUser calls of one account
     * @param perAddress calls from one address; an IPv6 network of 64 bits counts as one
     * @param overall calls of everyone together
     * @param whenBlind what happens while calls cannot be counted
     */
    record Allowance(
            @Nullable Integer perUser,
            @Nullable Integer perAddress,
            @Nullable Integer overall,
            @DefaultValue("OPEN") WhenBlind whenBlind) {}

    /** What happens to calls while Redis is away. */
    enum WhenBlind {
        /** Let through, uncounted: selling goes on. */
        OPEN,
        /** Refused with 503: guessing at passwords must not become free. */
        CLOSED
    }
}
