package io.onsale.ticketing.catalog.web;

import io.onsale.ticketing.catalog.model.EventStatus;
import io.onsale.ticketing.catalog.postgres.EventSearch.Found;
import io.onsale.ticketing.catalog.web.ImageController.ImageAnswer;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An event as lists show it. */
record EventSummary(
        String id,
        String title,
        String artist,
        String category,
        EventStatus status,
        VenueName venue,
        Instant saleOpensAt,
        Instant saleClosesAt,
        Instant firstStartsAt,
        Instant lastStartsAt,
        long minAmount,
        long maxAmount,
        @Nullable String posterUrl) {

    record VenueName(String id, String name, String city) {}

    static EventSummary of(Found found) {
        return new EventSummary(
                found.id().toString(),
                found.title(),
                found.artist(),
                found.category(),
                found.status(),
                new VenueName(found.venueId().toString(), found.venue(), found.city()),
                found.saleOpensAt(),
                found.saleClosesAt(),
                found.firstStartsAt(),
                found.lastStartsAt(),
                found.minAmount(),
                found.maxAmount(),
                found.poster() == null ? null : ImageAnswer.url(found.poster()));
    }
}
