package io.onsale.queue.control;

import io.onsale.platform.kafka.Envelope;
import io.onsale.platform.kafka.EventPublisher;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * What operators decided about lines, in memory and on a compacted topic: a line that was paused must not open again because its
 * store forgot it.
 */
final class Controls {
    static final String TOPIC = "queue.controls";

    private static final Logger log = LoggerFactory.getLogger(Controls.class);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final EventPublisher publisher;
    private final Clock clock;
    private final Map<String, ControlRecord> byEvent = new ConcurrentHashMap<>();
    private volatile boolean caughtUp;

    Controls(EventPublisher publisher, Clock clock) {
        this.publisher = publisher;
        this.clock = clock;
    }

    @Nullable
    ControlRecord of(String eventId) {
        return byEvent.get(eventId);
    }

    /** Of the newest act that is known here; 0 = none. */
    long versionOf(String eventId) {
        ControlRecord known = of(eventId);
        return known == null ? 0 : known.version();
    }

    /** Whether all that the topic held at the start has been read: before, nobody here knows what operators decided. */
    boolean isCaughtUp() {
        return caughtUp;
    }

    void caughtUp() {
        caughtUp = true;
    }

    /** Keeps what was set a moment ago. It holds already; the brokers hear of it as soon as they can. */
    void keep(ControlRecord fresh) {
        learn(fresh);
        Mono.defer(() -> publish(fresh))
                .doOnError(trouble -> log.warn(
                        "What operators set for {} would not outlive the store yet: {}",
                        fresh.eventId(),
                        trouble.toString()))
                .retryWhen(Retry.backoff(Long.MAX_VALUE, FIRST_PAUSE).maxBackoff(LONGEST_PAUSE))
                .subscribe();
    }

    private Mono<Void> publish(ControlRecord fresh) {
        ControlRecord newest = of(fresh.eventId());
        if (newest == null || newest.version() > fresh.version()) {
            return Mono.empty();
        }
        String seed = fresh.eventId() + '|' + fresh.version();
        String id =
                UUID.nameUUIDFromBytes(seed.getBytes(StandardCharsets.UTF_8)).toString();
        return publisher.publish(TOPIC, Envelope.of(id, fresh.eventId(), fresh.version(), clock.instant(), fresh));
    }

    private ControlRecord learn(ControlRecord fresh) {
        return byEvent.merge(fresh.eventId(), fresh, (old, young) -> young.version() > old.version() ? young : old);
    }

    /** An older record that arrives after a newer one is what the topic would be left with: the newer one is told again. */
    Mono<Void> take(Envelope envelope) {
        return Mono.fromRunnable(() -> {
            ControlRecord heard = envelope.payloadAs(ControlRecord.class);
            ControlRecord newest = learn(heard);
            if (newest.version() > heard.version()) {
                keep(newest);
            }
        });
    }
}
