package io.onsale.platform.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

/**
 * Creates the declared topics and their parked twins, and again when they are gone: brokers may lose their disks. Keeps trying while
 * no broker answers, so that an app can start first.
 */
final class TopicCreator {

    private static final Logger log = LoggerFactory.getLogger(TopicCreator.class);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(5);

    private final Map<String, Object> adminProperties;
    private final KafkaSettings settings;
    private final Collection<EventTopic> topics;

    TopicCreator(Map<String, Object> adminProperties, KafkaSettings settings, Collection<EventTopic> topics) {
        this.adminProperties = adminProperties;
        this.settings = settings;
        this.topics = topics;
    }

    /** Emits whenever all declared topics have been seen to exist, for the first time as soon as they do; never ends. */
    Flux<Boolean> keep() {
        if (topics.isEmpty()) {
            return Flux.concat(Mono.just(true), Flux.never());
        }
        return Flux.using(() -> Admin.create(adminProperties), this::look, admin -> admin.close(Duration.ZERO))
                .subscribeOn(Schedulers.boundedElastic())
                .retryWhen(Retry.backoff(Long.MAX_VALUE, Duration.ofMillis(200))
                        .maxBackoff(Duration.ofSeconds(5))
                        .transientErrors(true)
                        .doBeforeRetry(signal -> log.warn(
                                "Kafka does not say which topics it has: {}",
                                signal.failure().toString())));
    }

    private Flux<Boolean> look(Admin admin) {
        return Mono.defer(() -> answer(admin.listTopics().names()))
                .map(this::missing)
                .flatMap(missing -> create(admin, missing))
                .thenReturn(true)
                .publishOn(Schedulers.boundedElastic())
                .repeatWhen(looks -> looks.delayElements(BETWEEN_LOOKS, Schedulers.boundedElastic()));
    }

    private List<NewTopic> missing(Set<String> present) {
        return wanted().stream()
                .filter(topic -> !present.contains(topic.name()))
                .toList();
    }

    /** Another instance may be faster. */
    private static Mono<Void> create(Admin admin, List<NewTopic> missing) {
        if (missing.isEmpty()) {
            return Mono.empty();
        }
        log.info("Creating topics {}", missing.stream().map(NewTopic::name).toList());
        return Flux.fromIterable(admin.createTopics(missing).values().values())
                .flatMap(creation -> answer(creation).onErrorResume(TopicExistsException.class, exists -> Mono.empty()))
                .then();
    }

    private static <T> Mono<T> answer(KafkaFuture<T> future) {
        return Mono.fromCompletionStage(future.toCompletionStage());
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
