package io.onsale.ticketing.accounts.provider;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of those who vouch for people. Each is off until its secret or client id is given.
 *
 * @param timeout for one answer of a provider
 */
@Validated
@ConfigurationProperties("onsale.accounts.providers")
public record ProviderSettings(
        @DefaultValue("3s") @NotNull Duration timeout,
        @DefaultValue @Valid Captcha captcha,
        @DefaultValue @Valid Identity identity,
        @DefaultValue @Valid Social social) {

    /**
     * reCAPTCHA v2 or v3.
     *
     * @param secret of the site; with it, sign-up and suspicious log-ins need a CAPTCHA
     * @param minScore least score of a v3 answer
     * @param suspiciousAfter attempts to log in to one account in a minute that need no CAPTCHA
     */
    public record Captcha(
            @DefaultValue("https://www.google.com/recaptcha/api/siteverify") @NotNull
            URI verifyUri,

            @Nullable String secret,
            @DefaultValue("0.5") double minScore,
            @DefaultValue("3") int suspiciousAfter) {

        /** Whether CAPTCHAs are asked for. */
        public boolean enabled() {
            return secret != null && !secret.isBlank();
        }
    }

    /**
     * PortOne V2's identity verification.
     *
     * @param required whether sign-up needs one; given ones are checked in any case
     * @param maxAge how old a verification may be
     */
    public record Identity(
            @DefaultValue("https://api.portone.io") @NotNull URI baseUrl,
            @Nullable String apiSecret,
            @Nullable String storeId,
            @DefaultValue("false") boolean required,
            @DefaultValue("10m") @NotNull Duration maxAge) {}

    /**
     * Log-in by other accounts.
     *
     * @param callbackBaseUrl where providers send browsers back to: this API as the world sees it
     * @param returnUrl the page that gets the one-time code, or {@code error}
     */
    public record Social(
            @DefaultValue("http://localhost:8080") @NotNull URI callbackBaseUrl,
            @DefaultValue("http://localhost:8080/") @NotNull URI returnUrl,
            @DefaultValue Map<SocialProvider, Client> clients) {}

    /** This shop at one provider; addresses are the provider's own unless given. */
    public record Client(
            String clientId,
            @Nullable String clientSecret,
            @Nullable URI authorizeUri,
            @Nullable URI tokenUri,
            @Nullable URI profileUri) {}
}
