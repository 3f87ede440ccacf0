package io.onsale.queue.draw;

import io.onsale.platform.kafka.Envelope;
import io.onsale.platform.kafka.EventPublisher;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** The records of all draws, in memory and on a compacted topic: each stage stands there before it is acted on. */
final class Draws {
    static final String TOPIC = "queue.draws";

    private final EventPublisher publisher;
    private final Clock clock;
    private final Map<String, DrawRecord> byEvent = new ConcurrentHashMap<>();
    private volatile boolean caughtUp;

    Draws(EventPublisher publisher, Clock clock) {
        this.publisher = publisher;
        this.clock = clock;
    }

    @Nullable
    DrawRecord of(String eventId) {
        return byEvent.get(eventId);
    }

    /** Whether all that the topic held at the start has been read: before, a draw may be further than is known here. */
    boolean isCaughtUp() {
        return caughtUp;
    }

    void caughtUp() {
        caughtUp = true;
    }

    /** Publishes a stage, unless a later one is known; it counts once the brokers hold it. */
    Mono<DrawRecord> publish(DrawRecord draw) {
        DrawRecord known = byEvent.get(draw.eventId());
        if (known != null && known.order() >= draw.order()) {
            return Mono.just(known);
        }
        return send(draw).then(Mono.fromSupplier(() -> learn(draw)));
    }

    private Mono<Void> send(DrawRecord draw) {
        String seed = draw.eventId() + '|' + draw.order() + '|' + draw.commitment();
        String id =
                UUID.nameUUIDFromBytes(seed.getBytes(StandardCharsets.UTF_8)).toString();
        return publisher.publish(TOPIC, Envelope.of(id, draw.eventId(), draw.order(), clock.instant(), draw));
    }

    /** Takes in a stage; an earlier one never replaces a later, and the first commitment stands. */
    DrawRecord learn(DrawRecord draw) {
        return byEvent.merge(draw.eventId(), draw, (old, fresh) -> fresh.order() > old.order() ? fresh : old);
    }

    /** An earlier stage that arrives after a later one is what the topic would be left with: the later one is told again. */
    Mono<Void> take(Envelope envelope) {
        return Mono.defer(() -> {
            DrawRecord heard = envelope.payloadAs(DrawRecord.class);
            DrawRecord latest = learn(heard);
            return latest.order() > heard.order() ? send(latest) : Mono.empty();
        });
    }
}
