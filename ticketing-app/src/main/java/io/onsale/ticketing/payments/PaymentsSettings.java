package io.onsale.ticketing.payments;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * {@code onsale.payments.*}
 *
 * @param checkInterval how often payments that are due are looked for
 * @param refundsPerSecond asked of the providers by one instance, however many are waiting
 * @param looksPerSecond by one instance at money that was taken, each once in six hours if that suffices
 */
@Validated
@ConfigurationProperties("onsale.payments")
record PaymentsSettings(
        @DefaultValue("500ms") Duration checkInterval,
        @DefaultValue("20") @Min(1) @Max(1000) int refundsPerSecond,
        @DefaultValue("10") @Min(1) @Max(1000) int looksPerSecond) {}
