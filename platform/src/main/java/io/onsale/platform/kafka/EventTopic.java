package io.onsale.platform.kafka;

/**
 * A topic this app publishes to or reads, declared as a bean and created at start, with its parked twin, where it is missing.
 *
 * @param compacted keeps the latest event of each key for ever instead of all events for a while
 */
public record EventTopic(String name, boolean compacted) {

    private static final String PARKED_SUFFIX = ".parked";

    public static EventTopic of(String name) {
        return new EventTopic(name, false);
    }

    public static EventTopic compacted(String name) {
        return new EventTopic(name, true);
    }

    /** The topic that keeps what nobody could handle. */
    public static String parkedTwin(String topic) {
        return topic + PARKED_SUFFIX;
    }
}
