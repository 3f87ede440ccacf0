package io.onsale.loadtest.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.StringSerializer;

/** Messages of an event's size straight into Kafka and out again: producer settings as the apps', nothing in between. */
final class KafkaTrip implements AutoCloseable {

    private static final String TOPIC = "bench.round-trip";
    private static final String PADDING = "x".repeat(600);

    private final String bootstrapServers;
    private final KafkaProducer<String, String> producer;

    KafkaTrip(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
        Properties settings = new Properties();
        settings.put("bootstrap.servers", bootstrapServers);
        settings.put("acks", "all");
        settings.put("linger.ms", "0");
        settings.put("key.serializer", StringSerializer.class.getName());
        settings.put("value.serializer", StringSerializer.class.getName());
        ensureTopic(settings);
        producer = new KafkaProducer<>(settings);
    }

    private static void ensureTopic(Properties settings) {
        try (Admin admin = Admin.create(settings)) {
            admin.createTopics(List.of(new NewTopic(TOPIC, Optional.of(3), Optional.empty())))
                    .all()
                    .get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw new IllegalStateException(e);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    double p99Millis(int perSecond, Duration duration) {
        KafkaEar ear = new KafkaEar(bootstrapServers, TOPIC, text -> Long.parseLong(text, 0, text.indexOf(' '), 10));
        int messages = (int) (perSecond * duration.toSeconds());
        long began = System.nanoTime();
        for (int i = 0; i < messages; i++) {
            long due = began + i * 1_000_000_000L / perSecond;
            while (System.nanoTime() < due) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            Instant now = Instant.now();
            long micros = now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000;
            producer.send(new ProducerRecord<>(TOPIC, Integer.toString(i), micros + " " + PADDING));
        }
        producer.flush();
        return ear.p99Millis(messages);
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(10));
    }
}
