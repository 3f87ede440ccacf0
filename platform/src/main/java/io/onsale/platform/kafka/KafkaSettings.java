package io.onsale.platform.kafka;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import java.time.Duration;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * {@code onsale.kafka.*}
 *
 * @param partitions of a topic created here; the number of consumers that can share it
 * @param replicationFactor of a topic created here; -1 is the broker's default
 * @param deliveryTimeout after which a publication counts as failed, though it may have been written
 * @param publicationsUnderWay that are not acknowledged yet, at most: further ones are refused at once
 * @param sessionTimeout after which a silent instance loses its partitions to the others
 * @param client further properties for producer, consumer and admin, e.g. {@code security.protocol}
 */
@Validated
@ConfigurationProperties("onsale.kafka")
record KafkaSettings(
        @NotBlank String bootstrapServers,
        @DefaultValue("8") @Min(1) @Max(1000) int partitions,
        @DefaultValue("-1") @Min(-1) short replicationFactor,
        @DefaultValue("20s") Duration deliveryTimeout,
        @DefaultValue("10000") @Min(1) int publicationsUnderWay,
        @DefaultValue("10s") Duration sessionTimeout,
        @DefaultValue Map<String, String> client) {}
