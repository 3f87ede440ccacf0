package io.onsale.queue.waiting;

import io.onsale.platform.kafka.Envelope;
import java.time.Instant;
import reactor.core.publisher.Mono;

/** Feeds {@link Recall} from {@code queue.events}: what any instance did. */
final class RecallFeed {
    private final Recall recall;

    RecallFeed(Recall recall) {
        this.recall = recall;
    }

    /** The part of the event {@code BuyerAdmitted} that matters here. */
    record BuyerAdmitted(String eventId, String userId, String passId, Instant admittedAt, Instant passExpiresAt) {

        Grant grant() {
            String[] place = passId.substring(eventId.length() + 1).split(":", -1);
            return new Grant(
                    Long.parseLong(place[0]),
                    Long.parseLong(place[1]),
                    admittedAt.toEpochMilli(),
                    passExpiresAt.toEpochMilli(),
                    true);
        }
    }

    Mono<Void> take(Envelope envelope) {
        return Mono.fromRunnable(() -> {
            switch (envelope.eventType()) {
                case "BuyerAdmitted" -> {
                    BuyerAdmitted event = envelope.payloadAs(BuyerAdmitted.class);
                    recall.admitted(event.eventId(), event.userId(), event.grant());
                }
                case "BuyerLeft" -> {
                    Departures.BuyerLeft event = envelope.payloadAs(Departures.BuyerLeft.class);
                    recall.left(event.eventId(), event.userId(), event.leftAt().toEpochMilli());
                }
                default -> {
                    // Nothing to remember.
                }
            }
        });
    }
}
