package io.onsale.platform.kafka;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.kafka.receiver.KafkaReceiver;

/** Notices when a reader of a whole topic has handled what was there when it began. */
final class CaughtUp {

    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    /** A compacted topic may end in a gap, so that no record carries the last offset: quiet at the end counts, too. */
    private static final int QUIET_LOOKS = 10;

    private final KafkaReceiver<String, @Nullable String> receiver;
    private final AtomicLong inHand;
    private final Runnable action;
    private final Map<Integer, Long> handledUpTo = new ConcurrentHashMap<>();
    private Map<TopicPartition, Long> ends = Map.of();
    private Map<TopicPartition, Long> beginnings = Map.of();
    private int quiet;

    CaughtUp(KafkaReceiver<String, @Nullable String> receiver, AtomicLong inHand, Runnable action) {
        this.receiver = receiver;
        this.inHand = inHand;
        this.action = action;
    }

    void handled(int partition, long offset) {
        handledUpTo.put(partition, offset + 1);
    }

    /** Completes after the action has run. */
    Mono<Void> watch() {
        return Mono.defer(() ->
                        receiver.doOnConsumer(this::look)) // asked anew each time: before it is up it says no for good
                .onErrorReturn(false)
                .defaultIfEmpty(false)
                .filter(Boolean::booleanValue)
                .repeatWhenEmpty(looks -> looks.delayElements(LOOK_EVERY))
                .doOnNext(reached -> action.run())
                .then();
    }

    private boolean look(Consumer<String, @Nullable String> consumer) {
        if (ends.isEmpty()) {
            ends = consumer.endOffsets(consumer.assignment());
            beginnings = consumer.beginningOffsets(consumer.assignment());
            return false;
        }
        if (ends.keySet().stream().allMatch(this::handledToEnd)) {
            return true;
        }
        boolean atEnd = ends.entrySet().stream().allMatch(end -> positionOf(consumer, end.getKey()) >= end.getValue());
        quiet = atEnd && inHand.get() == 0 ? quiet + 1 : 0;
        return quiet >= QUIET_LOOKS;
    }

    private boolean handledToEnd(TopicPartition partition) {
        long end = ends.getOrDefault(partition, 0L);
        return end <= beginnings.getOrDefault(partition, 0L)
                || handledUpTo.getOrDefault(partition.partition(), 0L) >= end;
    }

    private static long positionOf(Consumer<String, @Nullable String> consumer, TopicPartition partition) {
        return consumer.assignment().contains(partition) ? consumer.position(partition) : -1;
    }

    @Override
    public String toString() {
        return ends.entrySet().stream()
                .map(end -> end.getKey() + " " + handledUpTo.get(end.getKey().partition()) + "/" + end.getValue())
                .collect(Collectors.joining(", "));
    }
}
