package io.onsale.ticketing.catalog.images;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of pictures.
 *
 * @param directory where the files are; shared by all instances
 * @param maxBytes of one file
 * @param maxSide longest side in pixels
 * @param maxPixels width times height: what a phone can still show
 * @param maxPerEvent the poster among them
 */
@Validated
@ConfigurationProperties("onsale.catalog.images")
public record ImageSettings(
        @NotNull Path directory,
        @DefaultValue("5MB") @NotNull DataSize maxBytes,
        @DefaultValue("8000") @Min(1) @Max(65_535) int maxSide,
        @DefaultValue("40000000") @Min(1) long maxPixels,
        @DefaultValue("10") @Min(1) int maxPerEvent) {}
