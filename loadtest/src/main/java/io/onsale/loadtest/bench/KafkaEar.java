package io.onsale.loadtest.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import java.util.function.ToLongFunction;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** A consumer on a thread of its own that notes how old each message is when it arrives, from the end of the topic on. */
final class KafkaEar {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Histogram ages = new Histogram(3);
    private final KafkaConsumer<String, String> consumer;
    private final ToLongFunction<String> sentAtMicros;
    private final Thread thread;
    private volatile boolean listening = true;

    /** @param sentAtMicros since 1970, or -1 for what does not count */
    KafkaEar(String bootstrapServers, String topic, ToLongFunction<String> sentAtMicros) {
        this.sentAtMicros = sentAtMicros;
        Properties settings = new Properties();
        settings.put("bootstrap.servers", bootstrapServers);
        settings.put("key.deserializer", StringDeserializer.class.getName());
        settings.put("value.deserializer", StringDeserializer.class.getName());
        settings.put("enable.auto.commit", "false");
        consumer = new KafkaConsumer<>(settings);
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        // The end is looked up when it is first asked for.
        partitions.forEach(consumer::position);
        thread = new Thread(this::listen, "kafka-ear");
        thread.setDaemon(true);
        thread.start();
    }

    private void listen() {
        while (listening) {
            for (ConsumerRecord<String, String> message : consumer.poll(Duration.ofMillis(100))) {
                Instant now = Instant.now();
                long sent = sentAtMicros.applyAsLong(message.value());
                if (sent >= 0) {
                    synchronized (ages) {
                        ages.recordValue(Math.max(1, now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000 - sent));
                    }
                }
            }
        }
        consumer.close();
    }

    /** Waits until that many have come, and listens no longer. */
    double p99Millis(long messages) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (heard() < messages && System.nanoTime() < end) {
            Range.pause(Duration.ofMillis(50));
        }
        listening = false;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (heard() < messages) {
            throw new IllegalStateException("only " + heard() + " of " + messages + " messages arrived");
        }
        synchronized (ages) {
            return ages.getValueAtPercentile(99) / 1_000.0;
        }
    }

    private long heard() {
        synchronized (ages) {
            return ages.getTotalCount();
        }
    }
}
