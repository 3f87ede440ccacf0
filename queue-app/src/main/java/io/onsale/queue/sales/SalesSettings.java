package io.onsale.queue.sales;

import jakarta.validation.constraints.NotEmpty;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Where sale data come from besides Kafka.
 *
 * @param uris base addresses of the ticketing app's instances
 */
@Validated
@ConfigurationProperties("onsale.ticketing")
record SalesSettings(
        @DefaultValue("http://127.0.0.1:8120") @NotEmpty List<URI> uris,
        @DefaultValue("2s") Duration connectTimeout,
        @DefaultValue("3s") Duration readTimeout) {}
