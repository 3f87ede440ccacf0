package io.onsale.queue.stream;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of live position.
 *
 * @param tick how often open streams hear of the line
 * @param comment after which a silent stream gets a comment, so that nobody between takes it for dead
 * @param exactReadsPerTick places read exactly per tick and instance at most, however many streams are open
 * @param nearAhead people ahead under which a place is read often
 * @param nearEvery how often then
 * @param farEvery how often further back
 * @param streamsPerUser open at once for one account and event; the oldest gives way
 * @param stale after which an unheard line counts as out of reach
 */
@Validated
@ConfigurationProperties("onsale.queue.stream")
record StreamSettings(
        @DefaultValue("1s") Duration tick,
        @DefaultValue("15s") Duration comment,
        @DefaultValue("200") int exactReadsPerTick,
        @DefaultValue("200") int nearAhead,
        @DefaultValue("5s") Duration nearEvery,
        @DefaultValue("60s") Duration farEvery,
        @DefaultValue("4") int streamsPerUser,
        @DefaultValue("3s") Duration stale) {}
