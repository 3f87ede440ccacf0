package io.onsale.ticketing.tickets;

import jakarta.validation.constraints.NotBlank;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * {@code onsale.tickets.*}
 *
 * @param qrKey Base64 of 32 bytes: the Ed25519 key that signs tickets' codes; changing it voids every printed code
 */
@Validated
@ConfigurationProperties("onsale.tickets")
record TicketsSettings(@NotBlank String qrKey) {}
