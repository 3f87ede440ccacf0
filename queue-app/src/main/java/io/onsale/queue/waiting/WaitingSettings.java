package io.onsale.queue.waiting;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the line (REQ-QUEUE).
 *
 * @param tokenKeys secrets of place and stream tokens, 32 characters or more each; the first signs, all are accepted
 * @param silence after which somebody who waits counts as gone
 * @param grace added to it before anybody is taken out
 * @param recoveryPause how long admission waits for people to come back after places were lost
 * @param preQueueLead how long before the opening people may come, where the event does not say
 * @param answerWithin after which a request is answered with 503 instead of waiting for the store
 * @param memory how long ended grants and departures are remembered
 */
@Validated
@ConfigurationProperties("onsale.queue")
public record WaitingSettings(
        List<String> tokenKeys,
        @DefaultValue("5m") Duration silence,
        @DefaultValue("30s") Duration grace,
        @DefaultValue("30s") Duration recoveryPause,
        @DefaultValue("1h") Duration preQueueLead,
        @DefaultValue("900ms") Duration answerWithin,
        @DefaultValue("1h") Duration memory) {

    /** Silence with grace, as the scripts get it. */
    public long silenceMillis() {
        return silence.plus(grace).toMillis();
    }

    /** The pause after a loss, as the scripts get it. */
    public String recoveryPauseMillis() {
        return Long.toString(recoveryPause.toMillis());
    }
}
