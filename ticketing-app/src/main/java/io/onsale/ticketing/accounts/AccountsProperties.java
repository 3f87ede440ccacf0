package io.onsale.ticketing.accounts;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the accounts module.
 *
 * @param piiKey base64 of 32 bytes: encrypts personal columns
 * @param piiPreviousKeys earlier keys, to read what they encrypted
 * @param piiIndexKey base64 of 32 bytes: keyed hash by which encrypted values are found; it cannot change while data live
 * @param accessTokenLife how long an access token is good for
 * @param refreshTokenLife how long an unused refresh token stays good
 * @param reuseGrace how long the same device may present a used refresh token and get the same successor (a lost answer)
 */
@Validated
@ConfigurationProperties("onsale.accounts")
public record AccountsProperties(
        @NotBlank String piiKey,
        @DefaultValue List<String> piiPreviousKeys,
        @NotBlank String piiIndexKey,
        @DefaultValue("60m") @NotNull Duration accessTokenLife,
        @DefaultValue("7d") @NotNull Duration refreshTokenLife,
        @DefaultValue("10s") @NotNull Duration reuseGrace,
        @DefaultValue @Valid Passwords passwords,
        @DefaultValue @Valid LoginLimit loginLimit,
        @DefaultValue @Valid LetterLimit letterLimit,
        @DefaultValue @Valid Dormancy dormancy) {

    /**
     * Argon2id (RFC 9106; OWASP minimum by default) and how many hashes may run at once.
     *
     * @param concurrency hashes at once; each takes {@code memoryKib} and a core for about 25 ms
     * @param waiting hashes that may wait for their turn before others are refused with 503
     */
    public record Passwords(
            @DefaultValue("19456") @Min(19456) int memoryKib,
            @DefaultValue("2") @Min(2) int iterations,
            @DefaultValue("1") @Min(1) @Max(16) int parallelism,
            @DefaultValue("2") @Positive int concurrency,
            @DefaultValue("100") @Positive int waiting) {}

    /** Attempts to log in to one account in a window (REQ-AUTH: 10 per minute). */
    public record LoginLimit(
            @DefaultValue("10") @Positive int attempts,
            @DefaultValue("1m") @NotNull Duration window) {}

    /** Letters of one kind that may be asked for to one address in a window, and resets by identity. */
    public record LetterLimit(
            @DefaultValue("5") @Positive int attempts,
            @DefaultValue("1h") @NotNull Duration window) {}

    /**
     * When accounts go to sleep (REQ-AUTH: after one year).
     *
     * @param after without a login or a renewal
     * @param notice how long before that its owner is told
     * @param checkInterval how often accounts are looked through
     */
    public record Dormancy(
            @DefaultValue("365d") @NotNull Duration after,
            @DefaultValue("30d") @NotNull Duration notice,
            @DefaultValue("1h") @NotNull Duration checkInterval) {}
}
