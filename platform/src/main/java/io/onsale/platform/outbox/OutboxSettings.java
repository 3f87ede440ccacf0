package io.onsale.platform.outbox;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * {@code onsale.outbox.*}
 *
 * @param pollInterval how often the relay looks; a commit in its own process wakes it at once
 * @param batch rows published per round
 * @param lease how long a silent relay keeps the others out
 * @param resendAfter when a published row that its consumer does not hold is published again
 * @param keepFinished how long finished rows stay readable
 * @param keepApplied how long the inbox remembers; longer than any topic keeps events
 */
@Validated
@ConfigurationProperties("onsale.outbox")
record OutboxSettings(
        @DefaultValue("100ms") @DurationMin(millis = 5) @DurationMax(millis = 100)
        Duration pollInterval,

        @DefaultValue("500") @Min(1) @Max(10_000) int batch,
        @DefaultValue("10s") @DurationMin(seconds = 1) Duration lease,
        @DefaultValue("30s") @DurationMin(seconds = 1) Duration resendAfter,
        @DefaultValue("7d") Duration keepFinished,
        @DefaultValue("30d") Duration keepApplied) {}
