package io.onsale.platform.kafka;

import java.time.Duration;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A wish to hear a topic, declared as a bean; it runs from the app's start to its stop. Deliveries are at least once, in order
 * and one at a time per partition, partitions side by side. A failing event is tried again with growing pauses; after
 * {@code attempts} it is parked and the partition goes on, unless the failure is one that says the store is away.
 */
public final class EventSubscription {

    /** Who gets an event. */
    enum Reading {
        /** One of the app's instances, remembered by committed offsets; a new group starts at the oldest event. */
        SHARED,
        /** Every instance, from the oldest event on, at each start: for state kept in memory. */
        EVERY_INSTANCE
    }

    private final String group;
    private final String topic;
    private final Reading reading;
    private final EventHandler handler;
    private final int attempts;
    private final Predicate<Throwable> storeAway;
    private final Runnable caughtUp;
    private final @Nullable Parking parking;

    private EventSubscription(
            String group,
            String topic,
            Reading reading,
            EventHandler handler,
            int attempts,
            Predicate<Throwable> storeAway,
            Runnable caughtUp,
            @Nullable Parking parking) {
        this.group = Objects.requireNonNull(group);
        this.topic = Objects.requireNonNull(topic);
        this.reading = reading;
        this.handler = handler;
        this.attempts = attempts;
        this.storeAway = storeAway;
        this.caughtUp = caughtUp;
        this.parking = parking;
    }

    /** The instances of the group share the topic's partitions. */
    public static EventSubscription shared(String group, String topic, EventHandler handler) {
        return new EventSubscription(group, topic, Reading.SHARED, handler, 5, StoreAway::is, () -> {}, null);
    }

    /** Each instance reads the whole topic from its beginning, then stays with it. */
    public static EventSubscription everyInstance(String name, String topic, EventHandler handler) {
        return new EventSubscription(name, topic, Reading.EVERY_INSTANCE, handler, 5, StoreAway::is, () -> {}, null);
    }

    /** How often an event is tried before it is parked (5 by default). */
    public EventSubscription attempts(int value) {
        return new EventSubscription(group, topic, reading, handler, value, storeAway, caughtUp, parking);
    }

    /** Failures, besides time-outs and I/O errors, that are retried without end because no event could succeed now. */
    public EventSubscription retryForever(Predicate<Throwable> more) {
        return new EventSubscription(group, topic, reading, handler, attempts, storeAway.or(more), caughtUp, parking);
    }

    /** Called once, when all that the topic held at the start has been handled. */
    public EventSubscription onCaughtUp(Runnable action) {
        return new EventSubscription(group, topic, reading, handler, attempts, storeAway, action, parking);
    }

    /** Where poison goes; without it, to the topic's parked twin. */
    public EventSubscription parkingAt(Parking place) {
        return new EventSubscription(group, topic, reading, handler, attempts, storeAway, caughtUp, place);
    }

    public String group() {
        return group;
    }

    public String topic() {
        return topic;
    }

    Reading reading() {
        return reading;
    }

    EventHandler handler() {
        return handler;
    }

    int attempts() {
        return attempts;
    }

    Predicate<Throwable> storeAway() {
        return storeAway;
    }

    Runnable caughtUp() {
        return caughtUp;
    }

    @Nullable
    Parking parking() {
        return parking;
    }

    /** The pause before the given repetition, counted from 0: 100 ms doubled up to 5 s. */
    static Duration pauseBefore(long repetition) {
        return Duration.ofMillis(Math.min(5_000, 100L << Math.min(repetition, 10)));
    }
}
