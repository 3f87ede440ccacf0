package io.onsale.ticketing.reservations.hold;

import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of holds.
 *
 * @param length how long seats are held
 * @param payingGrace what is left at least when the first payment begins
 * @param maxSeats seats in one hold
 * @param maxPlaces places of a standing area in one hold
 * @param sweepInterval how often lapsed holds are looked for
 * @param sweepBatch lapsed holds in one transaction
 * @param paymentTokenLife how long a payment token is good
 * @param paymentTokenKeys keys of payment tokens; the first signs, all are accepted
 */
@Validated
@ConfigurationProperties("onsale.reservations")
public record HoldSettings(
        @DefaultValue("5m") Duration length,
        @DefaultValue("3m") Duration payingGrace,
        @DefaultValue("4") int maxSeats,
        @DefaultValue("10") int maxPlaces,
        @DefaultValue("1s") Duration sweepInterval,
        @DefaultValue("50") int sweepBatch,
        @DefaultValue("10m") Duration paymentTokenLife,
        @NotEmpty List<@Size(min = 32) String> paymentTokenKeys) {}
