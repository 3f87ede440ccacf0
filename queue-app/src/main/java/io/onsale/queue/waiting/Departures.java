package io.onsale.queue.waiting;

import io.onsale.platform.kafka.Envelope;
import io.onsale.platform.kafka.EventPublisher;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells all instances who left a line, so that it is known even if the store forgets. */
final class Departures {
    static final String TOPIC = "queue.events";
    private static final Logger log = LoggerFactory.getLogger(Departures.class);

    private final EventPublisher publisher;
    private final Recall recall;

    Departures(EventPublisher publisher, Recall recall) {
        this.publisher = publisher;
        this.recall = recall;
    }

    /** Told on {@code queue.events}, key eventId: somebody gave their place or pass up. */
    record BuyerLeft(String eventId, String userId, Instant leftAt) {}

    /** Remembers it here at once, and everywhere soon. */
    void announce(String eventId, String userId, long atMillis) {
        recall.left(eventId, userId, atMillis);
        BuyerLeft event = new BuyerLeft(eventId, userId, Instant.ofEpochMilli(atMillis));
        String seed = "left|" + eventId + '|' + userId + '|' + atMillis;
        String id =
                UUID.nameUUIDFromBytes(seed.getBytes(StandardCharsets.UTF_8)).toString();
        publisher
                .publish(TOPIC, Envelope.of(id, eventId, atMillis, event.leftAt(), event))
                .subscribe(
                        null, lost -> log.warn("A departure from {} was not announced: {}", eventId, lost.toString()));
    }
}
