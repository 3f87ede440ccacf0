package io.onsale.platform.kafka;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Kafka's own producer: see docs/decisions/publishing-without-reactor-kafka.md. */
final class KafkaEventPublisher implements EventPublisher, DisposableBean {

    private static final Duration CLOSES_WITHIN = Duration.ofSeconds(5);

    /** Making the producer and its send may wait, for names and metadata: on threads that may, and not for each other. */
    private final Scheduler sending = Schedulers.newBoundedElastic(4, Integer.MAX_VALUE, "kafka-publisher");

    /** Made at the first use; a failure, such as a broker's name that is not known yet, is not remembered. */
    private final Mono<Producer<String, @Nullable String>> producer;

    private final TraceCarrier traces;
    private final Duration givenUpAfter;
    private final int underWayAtMost;
    private final AtomicInteger underWay = new AtomicInteger();
    private volatile @Nullable Producer<String, @Nullable String> made;
    private volatile boolean closed;

    /**
     * @param maker of the producer
     * @param givenUpAfter whatever the producer does, a publication has ended by then
     * @param underWayAtMost publications that are not acknowledged yet; further ones are refused at once
     */
    KafkaEventPublisher(
            Supplier<Producer<String, @Nullable String>> maker,
            TraceCarrier traces,
            Duration givenUpAfter,
            int underWayAtMost) {
        this.producer =
                Mono.fromCallable(() -> make(maker)).subscribeOn(sending).cacheInvalidateIf(none -> false);
        this.traces = traces;
        this.givenUpAfter = givenUpAfter;
        this.underWayAtMost = underWayAtMost;
    }

    /** Whoever comes second, the closing or this, sees the other: a producer is never left behind. */
    private Producer<String, @Nullable String> make(Supplier<Producer<String, @Nullable String>> maker) {
        Producer<String, @Nullable String> fresh = maker.get();
        made = fresh;
        if (closed) {
            fresh.close(Duration.ZERO);
            throw new IllegalStateException("The publisher was closed meanwhile");
        }
        return fresh;
    }

    @Override
    public Mono<Void> publish(String topic, String key, Envelope envelope) {
        return Mono.deferContextual(context -> {
            Envelope traced =
                    envelope.traceparent() != null ? envelope : envelope.withTraceparent(traces.current(context));
            return send(topic, key, traced.toJson(), traced.traceparent());
        });
    }

    @Override
    public Mono<Void> tombstone(String topic, String key) {
        return send(topic, key, null, null);
    }

    private Mono<Void> send(String topic, String key, @Nullable String value, @Nullable String traceparent) {
        var message = new ProducerRecord<String, @Nullable String>(topic, null, key, value, headers(traceparent));
        Mono<Void> sent = producer.publishOn(sending)
                .flatMap(ready -> outcome(ready, message))
                .timeout(givenUpAfter)
                .publishOn(Schedulers.parallel())
                .flatMap(failure -> failure.map(Mono::<Void>error).orElseGet(Mono::empty));
        return bounded(sent).checkpoint("publish to " + topic);
    }

    /** While the brokers are away nothing piles up without end: whoever publishes hears of it, and tries again later. */
    private Mono<Void> bounded(Mono<Void> publication) {
        return Mono.defer(() -> {
            if (underWay.incrementAndGet() > underWayAtMost) {
                underWay.decrementAndGet();
                return Mono.error(new TryAgainLater("Too many events wait to be published", null));
            }
            return publication.doFinally(end -> underWay.decrementAndGet());
        });
    }

    /** A failure is told as a value: one that comes when nobody waits for it any more is no noise. */
    private static Mono<Optional<Exception>> outcome(
            Producer<String, @Nullable String> producer, ProducerRecord<String, @Nullable String> message) {
        return Mono.create(
                sink -> producer.send(message, (metadata, failure) -> sink.success(Optional.ofNullable(failure))));
    }

    private static List<Header> headers(@Nullable String traceparent) {
        return traceparent == null
                ? List.of()
                : List.of(new RecordHeader("traceparent", traceparent.getBytes(StandardCharsets.US_ASCII)));
    }

    @Override
    public void destroy() {
        closed = true;
        Producer<String, @Nullable String> open = made;
        if (open != null) {
            open.close(CLOSES_WITHIN);
        }
        sending.dispose();
    }
}
