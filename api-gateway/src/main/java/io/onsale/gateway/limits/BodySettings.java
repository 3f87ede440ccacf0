package io.onsale.gateway.limits;

import io.onsale.gateway.routing.RoutePlan;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How large request bodies may be.
 *
 * @param plain in general
 * @param credentials where only credentials are sent
 * @param upload where pictures are sent
 */
@ConfigurationProperties("onsale.gateway.bodies")
record BodySettings(
        @DefaultValue("1MB") DataSize plain,
        @DefaultValue("10KB") DataSize credentials,
        @DefaultValue("6MB") DataSize upload) {

    long maxBytes(RoutePlan.Kind kind) {
        return switch (kind) {
            case CREDENTIALS -> credentials.toBytes();
            case UPLOAD -> upload.toBytes();
            case PLAIN, QUEUE, PAYMENT, STREAM -> plain.toBytes();
        };
    }
}
