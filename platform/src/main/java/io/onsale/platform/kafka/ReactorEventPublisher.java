package io.onsale.platform.kafka;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.kafka.sender.KafkaSender;
import reactor.kafka.sender.SenderOptions;
import reactor.kafka.sender.SenderRecord;

final class ReactorEventPublisher implements EventPublisher, DisposableBean {

    /** The client's send may wait for a topic's metadata: on threads where waiting is allowed, and not for each other. */
    private final Scheduler sending = Schedulers.newBoundedElastic(4, Integer.MAX_VALUE, "kafka-publisher");

    private final KafkaSender<String, @Nullable String> sender;
    private final TraceCarrier traces;

    ReactorEventPublisher(SenderOptions<String, @Nullable String> options, TraceCarrier traces) {
        this.sender = KafkaSender.create(options.scheduler(Schedulers.parallel()));
        this.traces = traces;
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
        return sender.send(Mono.just(SenderRecord.create(message, key)))
                .next()
                .flatMap(result -> result.exception() == null ? Mono.<Void>empty() : Mono.error(result.exception()))
                .subscribeOn(sending)
                .checkpoint("publish to " + topic);
    }

    private static List<Header> headers(@Nullable String traceparent) {
        return traceparent == null
                ? List.of()
                : List.of(new RecordHeader("traceparent", traceparent.getBytes(StandardCharsets.US_ASCII)));
    }

    @Override
    public void destroy() {
        sender.close();
        sending.dispose();
    }
}
