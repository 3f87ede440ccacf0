package io.onsale.ticketing.catalog;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the catalogue.
 *
 * @param changeInterval how often an instance asks what others changed
 * @param seatsAge how old a seat map, a count of seats or a search may be
 * @param listAge how old a list may be in which nothing changed
 */
@Validated
@ConfigurationProperties("onsale.catalog")
public record CatalogProperties(
        @DefaultValue("500ms") @NotNull Duration changeInterval,
        @DefaultValue("1s") @NotNull Duration seatsAge,
        @DefaultValue("5m") @NotNull Duration listAge) {}
