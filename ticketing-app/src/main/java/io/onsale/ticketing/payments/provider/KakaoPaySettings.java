package io.onsale.ticketing.payments.provider;

import jakarta.validation.constraints.NotBlank;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * {@code onsale.kakaopay.*}; without a secret key KakaoPay is not offered.
 *
 * @param returnUrl the page that buyers come back to; it is given {@code paymentId}, {@code result} and, by KakaoPay,
 *     {@code pg_token}
 */
@Validated
@ConfigurationProperties("onsale.kakaopay")
public record KakaoPaySettings(
        @DefaultValue("https://open-api.kakaopay.com") @NotBlank
        String baseUrl,

        @DefaultValue("TC0ONETIME") @NotBlank String cid,
        @Nullable String secretKey,

        @DefaultValue("http://localhost:8080/checkout/kakaopay") @NotBlank
        String returnUrl) {}
