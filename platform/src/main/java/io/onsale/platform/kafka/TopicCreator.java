package io.onsale.platform.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.util.retry.Retry;

/** Creates the declared topics and their parked twins; keeps trying while no broker answers, so that an app can start first. */
final class TopicCreator {

    private static final Logger log = LoggerFactory.getLogger(TopicCreator.class);

    private final Map<String, Object> adminProperties;
    private final KafkaSettings settings;
    private final Collection<EventTopic> topics;

    TopicCreator(Map<String, Object> adminProperties, KafkaSettings settings, Collection<EventTopic> topics) {
        this.adminProperties = adminProperties;
        this.settings = settings;
        this.topics = topics;
    }

    /** Completes when all declared topics exist. */
    Mono<Void> createMissing() {
        if (topics.isEmpty()) {
            return Mono.empty();
        }
        return Mono.using(() -> Admin.create(adminProperties), this::createWith, admin -> admin.close(Duration.ZERO))
                .subscribeOn(Schedulers.boundedElastic())
                .retryWhen(Retry.backoff(Long.MAX_VALUE, Duration.ofMillis(200))
                        .maxBackoff(Duration.ofSeconds(5))
                        .doBeforeRetry(signal -> log.warn(
                                "No topics yet, Kafka does not answer: {}",
                                signal.failure().toString())));
    }

    private Mono<Void> createWith(Admin admin) {
        Collection<KafkaFuture<Void>> creations =
                admin.createTopics(wanted()).values().values();
        return Flux.fromIterable(creations)
                .flatMap(creation -> Mono.fromCompletionStage(creation.toCompletionStage())
                        .onErrorResume(TopicExistsException.class, exists -> Mono.empty()))
                .then()
                .publishOn(Schedulers.boundedElastic());
    }

    private List<NewTopic> wanted() {
        List<NewTopic> wanted = new ArrayList<>();
        for (EventTopic topic : topics) {
            wanted.add(newTopic(topic.name(), settings.partitions())
                    .configs(
                            topic.compacted()
                                    ? Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT)
                                    : Map.of()));
            // What is parked waits for a person, however long that takes.
            wanted.add(newTopic(EventTopic.parkedTwin(topic.name()), 1)
                    .configs(Map.of(TopicConfig.RETENTION_MS_CONFIG, "-1")));
        }
        return wanted;
    }

    private NewTopic newTopic(String name, int partitions) {
        Optional<Short> replication =
                settings.replicationFactor() < 0 ? Optional.empty() : Optional.of(settings.replicationFactor());
        return new NewTopic(name, Optional.of(partitions), replication);
    }
}
