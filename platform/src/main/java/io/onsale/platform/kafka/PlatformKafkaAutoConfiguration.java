package io.onsale.platform.kafka;

import io.onsale.platform.Ids;
import io.onsale.platform.tracing.Traces;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import reactor.core.scheduler.Schedulers;
import reactor.kafka.receiver.KafkaReceiver;
import reactor.kafka.receiver.ReceiverOptions;

/** Publisher, topics and subscriptions for an app that names its brokers. */
@AutoConfiguration(afterName = "io.onsale.platform.tracing.TracingAutoConfiguration")
@ConditionalOnClass(KafkaReceiver.class)
@ConditionalOnProperty("onsale.kafka.bootstrap-servers")
@EnableConfigurationProperties(KafkaSettings.class)
public class PlatformKafkaAutoConfiguration {

    /** How long a send may wait for its topic's metadata. */
    private static final Duration MAX_BLOCK = Duration.ofSeconds(2);

    /** Real traces where the app makes them; otherwise the bare header is handed on. */
    @Bean
    @ConditionalOnMissingBean
    TraceCarrier traceCarrier(ObjectProvider<Traces> traces) {
        Traces real = traces.getIfAvailable();
        return real == null ? new TraceCarrier.Plain() : new TraceCarrier.Observed(real);
    }

    @Bean
    EventPublisher eventPublisher(KafkaSettings settings, TraceCarrier traces) {
        Map<String, Object> properties = common(settings);
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, (int) MAX_BLOCK.toMillis());
        properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int)
                settings.deliveryTimeout().toMillis());
        return new KafkaEventPublisher(
                () -> new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer()),
                traces,
                settings.deliveryTimeout().plus(MAX_BLOCK.multipliedBy(2)),
                settings.publicationsUnderWay());
    }

    @Bean
    TopicCreator topicCreator(KafkaSettings settings, ObjectProvider<EventTopic> topics) {
        return new TopicCreator(
                common(settings), settings, topics.stream().distinct().toList());
    }

    @Bean
    Parking parkedTwins(EventPublisher publisher, ObjectProvider<Clock> clock) {
        Clock time = clock.getIfAvailable(Clock::systemUTC);
        return (delivery, reason) -> publisher.publish(
                EventTopic.parkedTwin(delivery.topic()),
                Envelope.of(
                        Ids.next(),
                        String.valueOf(delivery.key()),
                        delivery.offset(),
                        time.instant(),
                        MessageParked.of(delivery, reason)));
    }

    @Bean
    EventSubscriptions eventSubscriptions(
            KafkaSettings settings,
            TopicCreator topics,
            ObjectProvider<EventSubscription> subscriptions,
            ObjectProvider<SubscriptionSource> sources,
            Parking parkedTwins,
            TraceCarrier traces) {
        List<EventSubscription> all = Stream.concat(
                        subscriptions.orderedStream(),
                        sources.orderedStream().flatMap(source -> source.subscriptions().stream()))
                .toList();
        return new EventSubscriptions(topics, all, subscription -> {
            Parking own = subscription.parking();
            return new SubscriptionRun(
                    subscription, receiverOptions(settings, subscription), own == null ? parkedTwins : own, traces);
        });
    }

    private static ReceiverOptions<String, @Nullable String> receiverOptions(
            KafkaSettings settings, EventSubscription subscription) {
        boolean shared = subscription.reading() == EventSubscription.Reading.SHARED;
        Map<String, Object> properties = common(settings);
        properties.put(
                ConsumerConfig.GROUP_ID_CONFIG,
                shared ? subscription.group() : subscription.group() + "-" + UUID.randomUUID());
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        properties.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, 5_000);
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 200);
        properties.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, (int)
                settings.sessionTimeout().toMillis());
        properties.put(
                ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG,
                (int) settings.sessionTimeout().toMillis() / 4);
        return ReceiverOptions.<String, @Nullable String>create(properties)
                .withKeyDeserializer(new StringDeserializer())
                .withValueDeserializer(new StringDeserializer())
                .schedulerSupplier(Schedulers::parallel)
                .maxDelayRebalance(Duration.ofSeconds(3))
                .commitInterval(shared ? Duration.ofMillis(500) : Duration.ZERO)
                .commitBatchSize(shared ? 500 : 0);
    }

    private static Map<String, Object> common(KafkaSettings settings) {
        Map<String, Object> properties = new HashMap<>(settings.client());
        properties.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
        properties.put(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, 2_000);
        return properties;
    }
}
