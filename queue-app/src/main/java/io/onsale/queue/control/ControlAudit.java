package io.onsale.queue.control;

import io.onsale.platform.Ids;
import io.onsale.platform.kafka.Envelope;
import io.onsale.platform.kafka.EventPublisher;
import io.onsale.platform.tokens.Caller;
import io.onsale.queue.waiting.Line;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Records every act of an operator: who, what, when, before and after; in the log and on {@code queue.events}. */
public final class ControlAudit {
    private static final Logger log = LoggerFactory.getLogger("io.onsale.audit.queue");
    private static final String TOPIC = "queue.events";

    private final EventPublisher publisher;
    private final Clock clock;

    ControlAudit(EventPublisher publisher, Clock clock) {
        this.publisher = publisher;
        this.clock = clock;
    }

    /** Told on {@code queue.events}, key eventId: an operator did something to a line. */
    record LineControlled(
            String eventId,
            String actorId,
            String actorRole,
            String act,
            Map<String, String> before,
            Map<String, String> after,
            Instant at) {}

    /** The store did not answer in time: whether it happened is seen in the line's own numbers. */
    public void recordUnknown(Line line, Caller caller, String act, Map<String, String> after, Throwable trouble) {
        log.warn(
                "{} of {} by {} {}: {} may have happened or not ({})",
                act,
                line.eventId(),
                caller.role(),
                caller.userId(),
                after,
                trouble.toString());
    }

    /** The act has happened; a broker that is away must not undo it, so the log has it in any case. */
    public void record(Line line, Caller caller, String act, Map<String, String> before, Map<String, String> after) {
        Instant now = clock.instant();
        var event = new LineControlled(
                line.eventId(), caller.userId(), caller.role().name(), act, before, after, now);
        log.info("{}", event);
        Mono.fromSupplier(Ids::next)
                .subscribeOn(Schedulers.boundedElastic())
                .flatMap(
                        id -> publisher.publish(TOPIC, Envelope.of(id, line.eventId(), now.toEpochMilli(), now, event)))
                .subscribe(null, lost -> log.warn("An act on {} stands in this log only: {}", line.eventId(), lost));
    }
}
