package io.onsale.queue.admission;

import io.lettuce.core.Consumer;
import io.lettuce.core.RedisBusyException;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.XAutoClaimArgs;
import io.lettuce.core.XGroupCreateArgs;
import io.lettuce.core.XReadArgs;
import io.lettuce.core.XReadArgs.StreamOffset;
import io.onsale.platform.Ids;
import io.onsale.platform.kafka.Envelope;
import io.onsale.platform.kafka.EventPublisher;
import io.onsale.platform.redis.Redis;
import io.onsale.queue.waiting.Keys;
import io.onsale.queue.waiting.Line;
import io.onsale.queue.waiting.LineFacts;
import io.onsale.queue.waiting.Lines;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Sends recorded grants on to Kafka, at least once: a consumer group on the line's stream shares them among the
 * instances; what an instance took but did not finish is claimed by another after a while. The event's id follows from
 * the grant, so that a repetition is known as one.
 */
final class AdmissionRelay implements SmartLifecycle {
    static final String TOPIC = "queue.events";
    private static final Logger log = LoggerFactory.getLogger(AdmissionRelay.class);
    private static final String GROUP = "relay";
    private static final int BATCH = 500;
    private static final int SIDE_BY_SIDE = 64;
    private static final Duration GIVEN_UP_AFTER = Duration.ofSeconds(10);

    private final Lines lines;
    private final Redis redis;
    private final EventPublisher publisher;
    private final Duration every;
    private final String instance = Ids.next();
    private final Map<Line, Long> relayedTotal = new ConcurrentHashMap<>();
    private volatile Disposable running = Disposables.disposed();

    AdmissionRelay(Lines lines, Redis redis, EventPublisher publisher, AdmissionSettings settings) {
        this.lines = lines;
        this.redis = redis;
        this.publisher = publisher;
        this.every = settings.relayEvery();
    }

    @Override
    public void start() {
        running = Disposables.composite(
                Flux.interval(every)
                        .onBackpressureDrop()
                        .concatMap(tick -> relayAll(), 1)
                        .subscribe(),
                Flux.interval(GIVEN_UP_AFTER)
                        .onBackpressureDrop()
                        .concatMap(tick -> Flux.fromIterable(lines.all()).concatMap(this::takeOver), 1)
                        .subscribe());
    }

    private Flux<Void> relayAll() {
        return Flux.fromIterable(lines.all()).concatMap(line -> {
            LineFacts facts = line.facts();
            long total = facts == null ? 0 : facts.admittedTotal();
            if (total == relayedTotal.getOrDefault(line, 0L)) {
                return Mono.empty();
            }
            return relayNew(line)
                    .doOnSuccess(done -> relayedTotal.put(line, total))
                    .onErrorResume(trouble -> later(line, trouble));
        });
    }

    private Mono<Void> relayNew(Line line) {
        String key = Keys.admissions(line.eventId());
        return redis.run(command -> command.xreadgroup(
                        Consumer.from(GROUP, instance), XReadArgs.Builder.count(BATCH), StreamOffset.lastConsumed(key)))
                .flatMapIterable(messages -> messages)
                .flatMap(message -> publish(line, message), SIDE_BY_SIDE)
                .count()
                .expand(count -> count < BATCH ? Mono.empty() : relayNew(line).thenReturn(0L))
                .then()
                .onErrorResume(AdmissionRelay::isNoGroup, e -> createGroup(key).then(relayNew(line)));
    }

    private Mono<Void> takeOver(Line line) {
        String key = Keys.admissions(line.eventId());
        return redis.run(command -> command.xautoclaim(
                        key,
                        XAutoClaimArgs.Builder.xautoclaim(Consumer.from(GROUP, instance), GIVEN_UP_AFTER, "0-0")
                                .count(BATCH)))
                .flatMapMany(claimed -> Flux.fromIterable(claimed.getMessages()))
                .flatMap(message -> publish(line, message), SIDE_BY_SIDE)
                .then()
                .onErrorResume(AdmissionRelay::isNoGroup, nothingToClaim -> Mono.empty())
                .onErrorResume(trouble -> later(line, trouble));
    }

    private Mono<Long> publish(Line line, StreamMessage<String, String> message) {
        Admission admission = Admission.of(message.getBody());
        BuyerAdmitted event = BuyerAdmitted.of(line.eventId(), admission);
        String seed = event.passId() + '|' + admission.admittedMillis();
        String eventId =
                UUID.nameUUIDFromBytes(seed.getBytes(StandardCharsets.UTF_8)).toString();
        Instant at = event.admittedAt();
        return publisher
                .publish(TOPIC, Envelope.of(eventId, line.eventId(), admission.number(), at, event))
                .then(redis.run(command -> command.xack(Keys.admissions(line.eventId()), GROUP, message.getId())));
    }

    private Mono<String> createGroup(String key) {
        return redis.run(command ->
                        command.xgroupCreate(StreamOffset.from(key, "0"), GROUP, XGroupCreateArgs.Builder.mkstream()))
                .onErrorResume(RedisBusyException.class, exists -> Mono.just("OK"));
    }

    private static boolean isNoGroup(Throwable error) {
        return error instanceof RedisCommandExecutionException
                && error.getMessage() != null
                && error.getMessage().startsWith("NOGROUP");
    }

    private static Mono<Void> later(Line line, Throwable trouble) {
        log.debug("Admissions to {} are relayed later: {}", line.eventId(), trouble.toString());
        return Mono.empty();
    }

    @Override
    public void stop() {
        running.dispose();
    }

    @Override
    public boolean isRunning() {
        return !running.isDisposed();
    }
}
