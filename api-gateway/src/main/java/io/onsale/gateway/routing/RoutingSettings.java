package io.onsale.gateway.routing;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where services are, and how long they may take.
 *
 * @param queueUris instances of the queue app; a host name may stand for several
 * @param ticketingUris instances of the ticketing app, likewise
 * @param timeout until the head of an answer must be there
 * @param queueTimeout the same for the waiting room
 * @param paymentTimeout the same where a provider is asked meanwhile
 */
@ConfigurationProperties("onsale.gateway")
public record RoutingSettings(
        @DefaultValue("http://127.0.0.1:8110") List<URI> queueUris,
        @DefaultValue("http://127.0.0.1:8120") List<URI> ticketingUris,
        @DefaultValue("30s") Duration timeout,
        @DefaultValue("10s") Duration queueTimeout,
        @DefaultValue("60s") Duration paymentTimeout) {

    public RoutingSettings {
        if (queueUris.isEmpty() || ticketingUris.isEmpty()) {
            throw new IllegalArgumentException("onsale.gateway: queue-uris and ticketing-uris need one address each");
        }
    }

    /** The configured addresses of a service. */
    public List<URI> addresses(Service service) {
        return switch (service) {
            case QUEUE -> queueUris;
            case TICKETING -> ticketingUris;
        };
    }

    /** In the gateway's own terms: negative means none. */
    long responseTimeoutMillis(RoutePlan.Kind kind) {
        return switch (kind) {
            case STREAM -> -1;
            case QUEUE -> queueTimeout.toMillis();
            case PAYMENT -> paymentTimeout.toMillis();
            case PLAIN, CREDENTIALS, UPLOAD -> timeout.toMillis();
        };
    }
}
