package io.onsale.queue.admission;

import io.onsale.platform.kafka.Envelope;
import io.onsale.platform.problem.ProblemException;
import io.onsale.queue.waiting.Line;
import io.onsale.queue.waiting.Lines;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Keeps the slots of active shoppers true to what happens to their holds: a slot moves with the hold and comes back when
 * it ends, in whichever way. Told twice, nothing changes.
 */
final class Slots {
    private final Lines lines;
    private final MoveSlot moveSlot;

    Slots(Lines lines, MoveSlot moveSlot) {
        this.lines = lines;
        this.moveSlot = moveSlot;
    }

    /** The part of a reservation event that concerns slots. */
    record ReservationEvent(
            String eventId,
            String userId,
            @Nullable String passId,
            @Nullable Instant expiresAt) {}

    Mono<Void> take(Envelope envelope) {
        return switch (envelope.eventType()) {
            case "SeatsHeld", "HoldExtended" -> move(envelope, false, false);
            case "ReservationConfirmed" -> move(envelope, true, true);
            case "ReservationCancelled", "ReservationExpired" -> move(envelope, true, false);
            default -> Mono.empty();
        };
    }

    private Mono<Void> move(Envelope envelope, boolean free, boolean bought) {
        ReservationEvent event = envelope.payloadAs(ReservationEvent.class);
        String passId = event.passId();
        if (passId == null || !passId.startsWith(event.eventId() + ':')) {
            return Mono.empty(); // an event without a waiting room
        }
        String place = passId.substring(event.eventId().length() + 1);
        Instant expiresAt = event.expiresAt();
        long end = free || expiresAt == null ? 0 : expiresAt.toEpochMilli();
        return lines.require(event.eventId())
                .onErrorResume(ProblemException.class, noSuchLine -> Mono.<Line>empty())
                .flatMap(line -> moveSlot.run(line, event.userId(), place, end, bought));
    }
}
