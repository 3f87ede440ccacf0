package io.onsale.platform.kafka;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Kafka's own producer: see docs/decisions/publishing-without-reactor-kafka.md. */
final class KafkaEventPublisher implements EventPublisher, DisposableBean {

    /** Making the producer and its send may wait, for names and metadata: on threads that may, and not for each other. */
    private final Scheduler sending = Schedulers.newBoundedElastic(4, Integer.MAX_VALUE, "kafka-publisher");

    /** Made at the first use; a failure, such as a broker's name that is not known yet, is not remembered. */
    private final Mono<Producer<String, @Nullable String>> producer;

    private final TraceCarrier traces;
    private volatile @Nullable Producer<String, @Nullable String> made;

    KafkaEventPublisher(Map<String, Object> properties, TraceCarrier traces) {
        this.producer =
                Mono.fromCallable(() -> make(properties)).subscribeOn(sending).cacheInvalidateIf(none -> false);
        this.traces = traces;
    }

    private Producer<String, @Nullable String> make(Map<String, Object> properties) {
        Producer<String, @Nullable String> fresh =
                new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer());
        made = fresh;
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
        return producer.publishOn(sending)
                .flatMap(ready -> acknowledged(ready, message))
                .publishOn(Schedulers.parallel())
                .checkpoint("publish to " + topic);
    }

    private static Mono<Void> acknowledged(
            Producer<String, @Nullable String> producer, ProducerRecord<String, @Nullable String> message) {
        return Mono.create(sink -> producer.send(message, (metadata, failure) -> {
            if (failure == null) {
                sink.success();
            } else {
                sink.error(failure);
            }
        }));
    }

    private static List<Header> headers(@Nullable String traceparent) {
        return traceparent == null
                ? List.of()
                : List.of(new RecordHeader("traceparent", traceparent.getBytes(StandardCharsets.US_ASCII)));
    }

    @Override
    public void destroy() {
        Producer<String, @Nullable String> open = made;
        if (open != null) {
            open.close();
        }
        sending.dispose();
    }
}
