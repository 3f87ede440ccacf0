package io.onsale.platform.kafka;

import org.jspecify.annotations.Nullable;

/** What lies in a topic's parked twin: the message as it was, who could not handle it, and why. */
public record MessageParked(
        String consumer,
        String topic,
        int partition,
        long offset,
        @Nullable String key,
        String reason,
        @Nullable String message) {

    private static final int REASON_LIMIT = 2_000;

    public static MessageParked of(Delivery delivery, Throwable reason) {
        return new MessageParked(
                delivery.group(),
                delivery.topic(),
                delivery.partition(),
                delivery.offset(),
                delivery.key(),
                describe(reason),
                delivery.raw());
    }

    /** Class and message of the failure, cut to a length that fits a table's cell. */
    public static String describe(Throwable reason) {
        String text = reason.getClass().getSimpleName() + ": " + reason.getMessage();
        return text.length() <= REASON_LIMIT ? text : text.substring(0, REASON_LIMIT);
    }
}
