package io.onsale.gateway.resilience;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What happens when a service does not answer as it should.
 *
 * @param retryDelays pauses before a GET is sent again after its connection failed
 * @param breakerWindow calls that a route's breaker looks back on
 * @param breakerMinimum calls it needs to have seen before it may open
 * @param breakerFailurePercent share of failed connections and time-outs among them that opens it
 * @param breakerOpen how long it stays open
 * @param paymentBreakerOpen the same for payments
 * @param probeInterval how often instances are asked for their health, and names looked up
 * @param probeTimeout until such an answer must be there
 * @param maxInFlight calls under way at once; more are shed with 503. Streams are not counted
 * @param minInFlight calls of one route that may be under way, however late its answers are
 * @param late an answer that takes longer is late; while one of ten is, fewer calls of its route are let through
 * @param drainNotice how long requests are still taken after shutdown began, so that balancers notice first
 * @param drainSpread over which streams are ended, so that their clients do not come back all at once
 */
@ConfigurationProperties("onsale.gateway.resilience")
record ResilienceSettings(
        @DefaultValue({"100ms", "200ms"}) List<Duration> retryDelays,
        @DefaultValue("100") int breakerWindow,
        @DefaultValue("20") int breakerMinimum,
        @DefaultValue("50") int breakerFailurePercent,
        @DefaultValue("15s") Duration breakerOpen,
        @DefaultValue("60s") Duration paymentBreakerOpen,
        @DefaultValue("1s") Duration probeInterval,
        @DefaultValue("2s") Duration probeTimeout,
        @DefaultValue("1000") int maxInFlight,
        @DefaultValue("128") int minInFlight,
        @DefaultValue("500ms") Duration late,
        @DefaultValue("0s") Duration drainNotice,
        @DefaultValue("2s") Duration drainSpread) {

    ResilienceSettings {
        if (minInFlight < 1 || maxInFlight < 1 || late.isNegative() || late.isZero()) {
            throw new IllegalArgumentException(
                    "onsale.gateway.resilience: min-in-flight, max-in-flight and late have to be more than nothing");
        }
    }
}
