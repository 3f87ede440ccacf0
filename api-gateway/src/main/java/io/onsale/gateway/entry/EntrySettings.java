package io.onsale.gateway.entry;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the edge itself.
 *
 * @param trustedProxies networks (CIDR) whose {@code X-Forwarded-*}, {@code X-Request-Id} and {@code traceparent} are
 *     believed; from anyone else they are dropped
 * @param allowedOrigins browser origins that may call, as patterns such as {@code https://*.example.com}
 * @param corsMaxAge how long a browser may keep the answer to a preflight
 * @param accessLog which requests are logged, of those that are not refused before they are looked at (unreadable targets, calls of full
 *     routes: {@code onsale.gateway.shed} counts them)
 */
@ConfigurationProperties("onsale.gateway")
public record EntrySettings(
        @DefaultValue List<String> trustedProxies,
        @DefaultValue List<String> allowedOrigins,
        @DefaultValue("1h") Duration corsMaxAge,
        @DefaultValue("ALL") AccessLog accessLog) {

    /** Which requests are logged. */
    public enum AccessLog {
        /** Each one. */
        ALL,
        /** Those answered with 400 or more, and those cut off. */
        FAILED,
        /** None. */
        OFF
    }
}
