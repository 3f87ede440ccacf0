package io.onsale.ticketing.checkout;

import io.onsale.platform.outbox.EventConsumer;
import io.onsale.ticketing.checkout.postgres.CancellationRows;
import io.onsale.ticketing.checkout.postgres.CancellationRows.Progress;
import io.onsale.ticketing.checkout.postgres.MassRefundRows;
import io.onsale.ticketing.checkout.postgres.MassRefundRows.MassRefund;
import io.onsale.ticketing.reservations.Reservation;
import io.onsale.ticketing.reservations.Reservations;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * An event that will not happen gives every booking back: in small steps with a cursor in the database, so that it goes on after
 * any interruption, and never more of them on their way than a window, so that the provider (and buyers who cancel by themselves)
 * are not drowned.
 */
@Service
public class MassRefunds {

    private static final Logger log = LoggerFactory.getLogger(MassRefunds.class);
    private static final int WINDOW = 50;
    private static final int STEP = 50;
    private static final Duration NEXT_STEP = Duration.ofMillis(900);
    private static final Duration NEXT_PASS = Duration.ofSeconds(10);

    private final Reservations reservations;
    private final Cancelling cancelling;
    private final CancellationRows cancellations;
    private final MassRefundRows rows;
    private final Clock clock;

    MassRefunds(
            Reservations reservations,
            Cancelling cancelling,
            CancellationRows cancellations,
            MassRefundRows rows,
            Clock clock) {
        this.reservations = reservations;
        this.cancelling = cancelling;
        this.cancellations = cancellations;
        this.rows = rows;
        this.clock = clock;
    }

    EventConsumer consumer() {
        return EventConsumer.named("checkout.events").from("event.events").on(EventChanged.class, this::changed);
    }

    private Mono<Void> changed(EventChanged event) {
        return event.status().equals("CANCELLED") ? rows.start(event.eventId(), clock.instant()) : Mono.empty();
    }

    /** A booking that was confirmed after its event was cancelled is found by one more pass. */
    Mono<Void> alsoBookedLate(String eventId) {
        return rows.again(eventId, clock.instant());
    }

    /** One step of one event, if any is due. */
    Mono<Void> step() {
        return rows.takeStep(clock.instant()).flatMap(this::stepOf);
    }

    private Mono<Void> stepOf(MassRefund event) {
        return cancellations
                .progress(event.eventId(), Cancelling.EVENT_CANCELLED, clock.instant())
                .flatMap(progress -> {
                    long room = WINDOW - progress.underWay();
                    return room <= 0
                            ? rows.advance(event.eventId(), event.cursor(), clock.instant(), NEXT_STEP)
                            : take(event, (int) Math.min(room, STEP));
                });
    }

    private Mono<Void> take(MassRefund event, int limit) {
        return reservations
                .confirmedOfEvent(event.eventId(), event.cursor(), limit)
                .collectList()
                .flatMap(batch -> batch.isEmpty() ? endPass(event) : giveBack(event, batch));
    }

    private Mono<Void> giveBack(MassRefund event, List<Reservation> batch) {
        String last = batch.get(batch.size() - 1).id();
        return Flux.fromIterable(batch)
                .concatMap(reservation -> cancelling
                        .becauseOfEvent(reservation.id())
                        .then()
                        .onErrorResume(failure -> {
                            log.warn("Booking {} stays for the next pass: {}", reservation.id(), failure.toString());
                            return Mono.empty();
                        }))
                .then(Mono.defer(() -> rows.advance(event.eventId(), last, clock.instant(), NEXT_STEP)));
    }

    /** Done when nothing is left; otherwise what failed is tried once more, later. */
    private Mono<Void> endPass(MassRefund event) {
        return reservations
                .confirmedOfEvent(event.eventId(), "", 1)
                .hasElements()
                .flatMap(left -> left
                        ? rows.advance(event.eventId(), "", clock.instant(), NEXT_PASS)
                        : rows.finish(event.eventId(), clock.instant()));
    }

    /** How far it is; empty for an event that was not cancelled. */
    public Mono<State> state(String eventId) {
        return rows.find(eventId)
                .zipWith(cancellations.progress(eventId, Cancelling.EVENT_CANCELLED, clock.instant()))
                .map(known -> new State(known.getT1(), known.getT2()));
    }

    /** What an operator sees of it. */
    public record State(MassRefund massRefund, Progress progress) {}

    /** What this reader needs of the event's news. */
    record EventChanged(String eventId, String status) {}
}
