package io.onsale.ticketing.payments.provider;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * {@code onsale.payments.calls.*}: how long and how often a provider is waited for (REQ-PAY: 10 s; half of the calls failing
 * opens the breaker for 60 s).
 */
@Validated
@ConfigurationProperties("onsale.payments.calls")
public record ProviderCallSettings(
        @DefaultValue("10s") Duration timeout,
        @DefaultValue("40") @Min(2) int breakerWindow,
        @DefaultValue("10") @Min(1) int breakerMinimumCalls,
        @DefaultValue("50") @Min(1) @Max(100) float breakerFailurePercent,
        @DefaultValue("60s") Duration breakerOpenFor,
        @DefaultValue("100") @Min(1) int concurrentCalls) {}
