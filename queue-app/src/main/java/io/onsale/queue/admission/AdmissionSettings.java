package io.onsale.queue.admission;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of admission (REQ-QUEUE).
 *
 * @param tick how often each instance asks a busy line to admit
 * @param idleTick how often it asks a line in which nobody waits
 * @param burst how much of the rate may be saved up while nobody waits
 * @param largestBatch admitted in one tick at most
 * @param relayEvery how often recorded grants are sent on to Kafka
 * @param slowAfter an answer of the ticketing app that takes longer is a bad one
 * @param slowHoldsAfter holds of the last moments that took longer on average are a bad answer too
 * @param unheard after which the ticketing app counts as silent, and no slot is freed early
 * @param longestHold by which a slot may outlive its pass
 */
@Validated
@ConfigurationProperties("onsale.queue.admission")
record AdmissionSettings(
        @DefaultValue("50ms") Duration tick,
        @DefaultValue("1s") Duration idleTick,
        @DefaultValue("1s") Duration burst,
        @DefaultValue("200") int largestBatch,
        @DefaultValue("250ms") Duration relayEvery,
        @DefaultValue("2s") Duration slowAfter,
        @DefaultValue("5s") Duration slowHoldsAfter,
        @DefaultValue("5s") Duration unheard,
        @DefaultValue("8m") Duration longestHold) {}
