package io.onsale.ticketing.catalog.events;

import io.onsale.platform.Ids;
import io.onsale.platform.tokens.Caller;
import io.onsale.ticketing.catalog.model.Event;
import io.onsale.ticketing.catalog.model.Event.Performance;
import io.onsale.ticketing.catalog.model.Event.Price;
import io.onsale.ticketing.catalog.model.WaitingRoom;
import io.onsale.ticketing.catalog.postgres.Halls;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What somebody filled in about an event; null is not filled in. */
public record EventForm(
        @Nullable String title,
        @Nullable String artist,
        @Nullable String description,
        @Nullable String category,
        @Nullable Instant saleOpensAt,
        @Nullable Instant saleClosesAt,
        @Nullable Integer maxSeatsPerBuyer,
        @Nullable List<Price> prices,
        @Nullable List<Instant> startsAt,
        @Nullable WaitingRoom waitingRoom,
        boolean draft) {
    private static final int DEFAULT_MAX_SEATS = 4;
    private static final String DEFAULT_CATEGORY = "CONCERT";

    /** A new event; what a new event must have was checked at the edge. */
    Event create(Caller seller, Halls.Hall hall) {
        return new Event(
                Ids.nextUuid(),
                UUID.fromString(seller.userId()),
                hall.id(),
                hall.layoutId(),
                new Event.Texts(
                        Objects.requireNonNull(title),
                        Objects.requireNonNull(artist),
                        Objects.requireNonNullElse(description, ""),
                        Objects.requireNonNullElse(category, DEFAULT_CATEGORY)),
                new Event.SaleWindow(Objects.requireNonNull(saleOpensAt), Objects.requireNonNull(saleClosesAt)),
                Objects.requireNonNullElse(maxSeatsPerBuyer, DEFAULT_MAX_SEATS),
                Objects.requireNonNull(prices),
                performances(List.of()),
                waitingRoom,
                draft,
                false,
                false,
                false,
                1);
    }

    /** The event with what is filled in replaced. A performance that stays at its time stays the same performance. */
    Event apply(Event before) {
        Event.Texts texts = before.texts();
        return new Event(
                before.id(),
                before.sellerId(),
                before.hallId(),
                before.layoutId(),
                new Event.Texts(
                        or(title, texts.title()),
                        or(artist, texts.artist()),
                        or(description, texts.description()),
                        or(category, texts.category())),
                new Event.SaleWindow(
                        or(saleOpensAt, before.sale().opensAt()),
                        or(saleClosesAt, before.sale().closesAt())),
                or(maxSeatsPerBuyer, before.maxSeatsPerBuyer()),
                or(prices, before.prices()),
                startsAt == null ? before.performances() : performances(before.performances()),
                waitingRoom == null ? before.waitingRoom() : waitingRoom,
                before.draft(),
                before.soldOut(),
                before.cancelled(),
                before.deleted(),
                before.version());
    }

    private List<Performance> performances(List<Performance> before) {
        Map<Instant, UUID> known = before.stream().collect(Collectors.toMap(Performance::startsAt, Performance::id));
        return Objects.requireNonNull(startsAt).stream()
                .map(start -> new Performance(known.getOrDefault(start, Ids.nextUuid()), start))
                .toList();
    }

    private static <T> T or(@Nullable T filledIn, T before) {
        return filledIn == null ? before : filledIn;
    }
}
