package io.onsale.loadtest.stack;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads what a topic holds at this moment, as envelopes. */
public final class Events {

    private static final Duration POLL = Duration.ofMillis(500);

    private final String bootstrapServers;

    public Events(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
    }

    /** Everything that the topic still holds. */
    public List<JsonNode> all(String topic) {
        return since(topic, Instant.EPOCH, envelope -> true);
    }

    /** When the oldest record came that the topic still holds; empty when it holds none. */
    public Optional<Instant> beginning(String topic) {
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(settings())) {
            Map<TopicPartition, Long> always = consumer.partitionsFor(topic).stream()
                    .collect(Collectors.toMap(info -> new TopicPartition(topic, info.partition()), info -> 0L));
            return consumer.offsetsForTimes(always).values().stream()
                    .filter(Objects::nonNull)
                    .map(first -> Instant.ofEpochMilli(first.timestamp()))
                    .min(Comparator.naturalOrder());
        }
    }

    /** Every envelope since then that the filter wants, partition by partition in the order of the log. */
    public List<JsonNode> since(String topic, Instant start, Predicate<JsonNode> wanted) {
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(settings())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            consumer.assign(partitions);
            seek(consumer, partitions, start, ends);
            List<JsonNode> found = new ArrayList<>();
            while (partitions.stream()
                    .anyMatch(partition -> consumer.position(partition) < ends.getOrDefault(partition, 0L))) {
                for (ConsumerRecord<String, String> record : consumer.poll(POLL)) {
                    envelope(record.value()).filter(wanted).ifPresent(found::add);
                }
            }
            return found;
        }
    }

    /** A tombstone says nothing, and what is no event has been parked by whoever read it. */
    static Optional<JsonNode> envelope(@Nullable String value) {
        try {
            return Optional.ofNullable(value).map(JsonMapper.shared()::readTree).filter(JsonNode::isObject);
        } catch (JacksonException noJson) {
            return Optional.empty();
        }
    }

    private static void seek(
            KafkaConsumer<String, String> consumer,
            List<TopicPartition> partitions,
            Instant start,
            Map<TopicPartition, Long> ends) {
        Map<TopicPartition, Long> times = partitions.stream()
                .collect(Collectors.toMap(partition -> partition, partition -> start.toEpochMilli()));
        Map<TopicPartition, OffsetAndTimestamp> found = consumer.offsetsForTimes(times);
        for (TopicPartition partition : partitions) {
            OffsetAndTimestamp first = found.get(partition);
            consumer.seek(partition, first == null ? ends.getOrDefault(partition, 0L) : first.offset());
        }
    }

    private Properties settings() {
        Properties settings = new Properties();
        settings.put("bootstrap.servers", bootstrapServers);
        settings.put("key.deserializer", StringDeserializer.class.getName());
        settings.put("value.deserializer", StringDeserializer.class.getName());
        settings.put("isolation.level", "read_committed");
        settings.put("enable.auto.commit", "false");
        settings.put("default.api.timeout.ms", "60000");
        return settings;
    }
}
