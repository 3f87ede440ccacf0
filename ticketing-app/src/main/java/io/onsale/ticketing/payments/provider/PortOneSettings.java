package io.onsale.ticketing.payments.provider;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * {@code onsale.portone.*}
 *
 * @param webhookSecrets accepted signatures' secrets; two while they are exchanged
 * @param checkoutUrl where a browser can pay without the SDK, with {@code {paymentId}} in it; the sandbox has such a page
 */
@Validated
@ConfigurationProperties("onsale.portone")
public record PortOneSettings(
        @DefaultValue("https://api.portone.io") @NotBlank String baseUrl,
        @NotBlank String storeId,
        @NotBlank String channelKey,
        @NotBlank String apiSecret,
        @NotEmpty List<@NotBlank String> webhookSecrets,
        @Nullable String checkoutUrl) {}
