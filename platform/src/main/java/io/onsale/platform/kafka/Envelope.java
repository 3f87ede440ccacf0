package io.onsale.platform.kafka;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What travels on every topic: who happened to what, and the facts as JSON.
 *
 * @param eventId unique for ever; a repeated delivery carries the same one
 * @param eventType past-tense name of the fact, e.g. {@code SeatsHeld}
 * @param aggregateId what it happened to; the record's key unless the publisher said otherwise
 * @param version of the aggregate after the fact; rises within one aggregate and topic
 * @param traceparent W3C trace context of the work that caused it
 */
public record Envelope(
        String eventId,
        String eventType,
        String aggregateId,
        long version,
        Instant occurredAt,
        @Nullable String traceparent,
        JsonNode payload) {

    public Envelope {
        Objects.requireNonNull(eventId, "eventId");
        Objects.requireNonNull(eventType, "eventType");
        Objects.requireNonNull(aggregateId, "aggregateId");
        Objects.requireNonNull(occurredAt, "occurredAt");
        Objects.requireNonNull(payload, "payload");
    }

    /** A fresh envelope around a payload record; the event's type is the record's simple name. */
    public static Envelope of(String eventId, String aggregateId, long version, Instant occurredAt, Object payload) {
        return new Envelope(
                eventId,
                payload.getClass().getSimpleName(),
                aggregateId,
                version,
                occurredAt,
                null,
                EventJson.MAPPER.valueToTree(payload));
    }

    /** The payload as a record of the reader's own; fields it does not know are ignored. */
    public <T> T payloadAs(Class<T> type) {
        return EventJson.MAPPER.treeToValue(payload, type);
    }

    public Envelope withTraceparent(@Nullable String value) {
        return new Envelope(eventId, eventType, aggregateId, version, occurredAt, value, payload);
    }

    public String toJson() {
        return EventJson.MAPPER.writeValueAsString(this);
    }

    /** @throws tools.jackson.core.JacksonException when the text is no envelope */
    public static Envelope fromJson(String json) {
        return EventJson.MAPPER.readValue(json, Envelope.class);
    }
}
