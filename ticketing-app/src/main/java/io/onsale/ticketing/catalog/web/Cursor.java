package io.onsale.ticketing.catalog.web;

import io.onsale.platform.problem.Problem;
import io.onsale.ticketing.catalog.postgres.EventSearch.After;
import io.onsale.ticketing.catalog.postgres.EventSearch.Found;
import io.onsale.ticketing.catalog.postgres.EventSearch.Sort;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Where a page of events ended, as clients carry it: opaque to them, and good for the order it was made in only. */
final class Cursor {
    private static final String SEPARATOR = "|";
    private static final int PARTS = 3;

    private Cursor() {}

    /** What to send to get the page behind this event. */
    static String behind(Found last, Sort sort) {
        String text = String.join(SEPARATOR, sort.name(), last.id().toString(), String.valueOf(sort.keyOf(last)));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The place a client names; {@code VALIDATION_FAILED} when it was not made for this order. */
    static @Nullable After parse(@Nullable String cursor, Sort sort) {
        if (cursor == null) {
            return null;
        }
        try {
            String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            String[] parts = text.split("\\|", PARTS);
            if (parts.length == PARTS && parts[0].equals(sort.name()) && text.indexOf('\0') < 0) {
                UUID id = UUID.fromString(parts[1]);
                return new After(sort.isByTime() ? Instant.parse(parts[2]) : parts[2], id);
            }
        } catch (IllegalArgumentException | DateTimeParseException unreadable) {
            // Refused below.
        }
        throw Problem.invalid("after", "Cursor").asException();
    }
}
