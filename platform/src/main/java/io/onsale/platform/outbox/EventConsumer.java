package io.onsale.platform.outbox;

import io.onsale.platform.kafka.Envelope;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import reactor.core.publisher.Mono;

/**
 * A named reader of one topic, declared as a bean. Each event is applied once, in the transaction of its effect; what cannot be
 * applied is parked, and later events of its aggregate wait behind it. Types without an effect are passed over.
 *
 * <pre>{@code
 * EventConsumer.named("checkout.payments").from("payment.events")
 *         .on(PaymentSuccess.class, saga::paymentSucceeded)
 *         .on(PaymentFailed.class, saga::paymentFailed)
 * }</pre>
 */
public final class EventConsumer {

    private final String name;
    private final String topic;
    private final Map<String, Function<Envelope, Mono<Void>>> effects;

    private EventConsumer(String name, String topic, Map<String, Function<Envelope, Mono<Void>>> effects) {
        this.name = name;
        this.topic = topic;
        this.effects = Map.copyOf(effects);
    }

    public static Named named(String name) {
        return topic -> new EventConsumer(name, topic, Map.of());
    }

    /** The type on the wire is the simple name of the reader's own payload record. */
    public <T> EventConsumer on(Class<T> payload, Function<T, Mono<Void>> effect) {
        return on(payload, (event, envelope) -> effect.apply(event));
    }

    public <T> EventConsumer on(Class<T> payload, BiFunction<T, Envelope, Mono<Void>> effect) {
        var more = new HashMap<>(effects);
        more.put(payload.getSimpleName(), envelope -> effect.apply(envelope.payloadAs(payload), envelope));
        return new EventConsumer(name, topic, more);
    }

    /** Its name in the inbox and as a consumer group: never changed once used. */
    public String name() {
        return name;
    }

    public String topic() {
        return topic;
    }

    boolean handles(String eventType) {
        return effects.containsKey(eventType);
    }

    Mono<Void> apply(Envelope envelope) {
        Function<Envelope, Mono<Void>> effect = effects.get(envelope.eventType());
        return effect == null ? Mono.empty() : Mono.defer(() -> effect.apply(envelope));
    }

    /** The name is there, the topic is missing. */
    @FunctionalInterface
    public interface Named {

        EventConsumer from(String topic);
    }
}
