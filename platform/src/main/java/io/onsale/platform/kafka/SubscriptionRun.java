package io.onsale.platform.kafka;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;
import reactor.kafka.receiver.KafkaReceiver;
import reactor.kafka.receiver.ReceiverOptions;
import reactor.kafka.receiver.ReceiverRecord;
import reactor.util.retry.Retry;

/** One subscription while it runs: receive, handle in order per partition, park what cannot be handled, acknowledge. */
final class SubscriptionRun {

    private static final Logger log = LoggerFactory.getLogger(SubscriptionRun.class);

    private final EventSubscription subscription;
    private final ReceiverOptions<String, @Nullable String> options;
    private final Parking parking;
    private final TraceCarrier traces;
    private final Sinks.Empty<Void> stop = Sinks.empty();
    private final Sinks.Empty<Void> stopped = Sinks.empty();
    private final AtomicLong inHand = new AtomicLong();
    private volatile boolean stopping;

    SubscriptionRun(
            EventSubscription subscription,
            ReceiverOptions<String, @Nullable String> options,
            Parking parking,
            TraceCarrier traces) {
        this.subscription = subscription;
        this.options = options.subscription(List.of(subscription.topic()));
        this.parking = parking;
        this.traces = traces;
    }

    void start() {
        Mono.defer(this::receive)
                .subscribeOn(Schedulers.boundedElastic()) // making a consumer looks names up
                .retryWhen(Retry.from(failures -> failures.concatMap(this::pauseAfterReceiverFailure)))
                .takeUntilOther(stop.asMono())
                .doFinally(end -> stopped.tryEmitEmpty())
                .subscribe(null, failure -> log.error("Subscription {} ended", name(), failure));
    }

    /** Completes when the event in hand, if any, has been handled; those not yet begun come again elsewhere. */
    Mono<Void> stop() {
        stopping = true;
        return Mono.defer(() -> inHand.get() == 0 ? Mono.just(true) : Mono.<Boolean>empty())
                .repeatWhenEmpty(polls -> polls.delayElements(Duration.ofMillis(20)))
                .timeout(Duration.ofSeconds(10), Mono.just(false))
                .doOnNext(quiet -> stop.tryEmitEmpty())
                .then(stopped.asMono())
                .timeout(Duration.ofSeconds(15), Mono.empty());
    }

    private Mono<Void> receive() {
        KafkaReceiver<String, @Nullable String> receiver = KafkaReceiver.create(options);
        CaughtUp caughtUp = new CaughtUp(receiver, inHand, subscription.caughtUp());
        Mono<Void> handling = receiver.receive()
                .doOnNext(message -> inHand.incrementAndGet())
                .groupBy(ReceiverRecord::partition)
                .flatMap(partition -> partition.concatMap(message -> process(message, caughtUp), 1), Integer.MAX_VALUE)
                .doFinally(end -> inHand.set(0))
                .then();
        return subscription.reading() == EventSubscription.Reading.EVERY_INSTANCE
                ? handling.takeUntilOther(caughtUp.watch().then(Mono.never()))
                : handling;
    }

    private Mono<Void> process(ReceiverRecord<String, @Nullable String> message, CaughtUp caughtUp) {
        if (stopping) {
            return Mono.fromRunnable(inHand::decrementAndGet);
        }
        return handle(message).then(Mono.fromRunnable(() -> {
            message.receiverOffset().acknowledge();
            caughtUp.handled(message.partition(), message.offset());
            inHand.decrementAndGet();
        }));
    }

    private Mono<Void> handle(ReceiverRecord<String, @Nullable String> message) {
        String value = message.value();
        if (value == null) {
            return Mono.empty(); // a tombstone says nothing beyond its absence
        }
        Delivery delivery = new Delivery(
                subscription.group(), message.topic(), message.partition(), message.offset(), message.key(), value);
        Envelope envelope;
        try {
            envelope = Envelope.fromJson(value);
        } catch (RuntimeException noEnvelope) {
            return park(delivery, noEnvelope);
        }
        Mono<Void> work =
                Mono.defer(() -> subscription.handler().handle(envelope)).retryWhen(retries(envelope));
        return traces.continued(envelope.traceparent(), "onsale.events.handle", work)
                .onErrorResume(failure -> park(delivery, failure));
    }

    private Retry retries(Envelope envelope) {
        AtomicInteger failed = new AtomicInteger();
        return Retry.from(signals -> signals.concatMap(signal -> {
            Throwable failure = signal.failure();
            boolean away = subscription.storeAway().test(failure);
            if (!away && failed.incrementAndGet() >= subscription.attempts()) {
                return Mono.error(failure);
            }
            if (stopping) {
                return Mono.never(); // not acknowledged: it comes again
            }
            log.warn(
                    "{} will try {} {} again: {}",
                    name(),
                    envelope.eventType(),
                    envelope.eventId(),
                    failure.toString());
            return Mono.delay(EventSubscription.pauseBefore(signal.totalRetries()));
        }));
    }

    private Mono<Void> park(Delivery delivery, Throwable reason) {
        log.error("{} parks {}@{}", name(), delivery.partition(), delivery.offset(), reason);
        return Mono.defer(() -> parking.park(delivery, reason))
                .retryWhen(Retry.backoff(Long.MAX_VALUE, Duration.ofMillis(200)).maxBackoff(Duration.ofSeconds(5)));
    }

    private Mono<Long> pauseAfterReceiverFailure(Retry.RetrySignal signal) {
        log.warn("{} lost its receiver and starts a new one", name(), signal.failure());
        return Mono.delay(EventSubscription.pauseBefore(signal.totalRetriesInARow()));
    }

    private String name() {
        return subscription.group() + " on " + subscription.topic();
    }
}
