package io.onsale.ticketing.catalog.web;

import io.onsale.platform.problem.Problem;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Checks times that a client names in a query. */
final class Times {
    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("2100-01-01T00:00:00Z");

    private Times() {}

    static @Nullable Instant check(String field, @Nullable Instant time) {
        if (time != null && (time.isBefore(EARLIEST) || time.isAfter(LATEST))) {
            throw Problem.invalid(field, "InTime").asException();
        }
        return time;
    }
}
