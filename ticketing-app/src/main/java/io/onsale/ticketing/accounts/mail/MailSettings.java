package io.onsale.ticketing.accounts.mail;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import java.net.URI;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the letters to people. The mail server itself is set by {@code spring.mail.*}.
 *
 * @param from the sender
 * @param shop where the pages are that links lead to: {@code <shop>/verify-email#token=…}, {@code <shop>/reset-password#token=…}
 * @param verifyLife how long the link that verifies an address is good
 * @param resetLife how long the link that resets a password is good
 * @param pollInterval how often letters are looked for
 * @param connections letters on their way at once
 * @param batch letters taken at once
 * @param lease after which a letter whose sender died is taken by another; longer than a batch can take
 * @param retryDelay before the second attempt; doubles with every further one
 * @param retryDelayMax the longest delay between two attempts
 * @param giveUpAfter age at which a letter that could not be sent is given up
 * @param keep how long letters that ended are remembered
 */
@Validated
@ConfigurationProperties("onsale.accounts.mail")
public record MailSettings(
        @DefaultValue("onsale <no-reply@onsale.example>") @NotBlank
        String from,

        @DefaultValue("http://localhost:8080") @NotNull URI shop,
        @DefaultValue("24h") @NotNull Duration verifyLife,
        @DefaultValue("30m") @NotNull Duration resetLife,
        @DefaultValue("1s") @NotNull Duration pollInterval,
        @DefaultValue("4") @Min(1) int connections,
        @DefaultValue("20") @Positive int batch,
        @DefaultValue("5m") @NotNull Duration lease,
        @DefaultValue("5s") @NotNull Duration retryDelay,
        @DefaultValue("5m") @NotNull Duration retryDelayMax,
        @DefaultValue("24h") @NotNull Duration giveUpAfter,
        @DefaultValue("7d") @NotNull Duration keep) {

    /** How long to wait after this many attempts. */
    Duration delayAfter(int attempts) {
        long factor = 1L << Math.min(Math.max(0, attempts - 1), 20);
        Duration delay = retryDelay.multipliedBy(factor);
        return delay.compareTo(retryDelayMax) < 0 ? delay : retryDelayMax;
    }
}
