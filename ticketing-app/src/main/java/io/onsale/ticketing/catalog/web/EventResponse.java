package io.onsale.ticketing.catalog.web;

import io.onsale.ticketing.catalog.events.EventReader.Detail;
import io.onsale.ticketing.catalog.events.EventView;
import io.onsale.ticketing.catalog.model.Event;
import io.onsale.ticketing.catalog.model.EventStatus;
import io.onsale.ticketing.catalog.model.WaitingRoom;
import io.onsale.ticketing.catalog.web.ImageController.ImageAnswer;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An event as clients see it. */
record EventResponse(
        String id,
        String sellerId,
        String title,
        String artist,
        String description,
        String category,
        EventStatus status,
        VenueName venue,
        HallName hall,
        Instant saleOpensAt,
        Instant saleClosesAt,
        int maxSeatsPerBuyer,
        List<GradePrice> prices,
        List<PerformanceDate> performances,
        List<ImageAnswer> images,
        @Nullable WaitingRoom waitingRoom,
        long version) {

    record VenueName(String id, String name, String address, String city) {}

    record HallName(String id, String name) {}

    /** Price of a grade and how many seats of it the hall has. */
    record GradePrice(String grade, long amount, int total) {}

    /** A date and how many seats are left. */
    record PerformanceDate(String id, Instant startsAt, int total, int available) {}

    static EventResponse of(Detail detail, Instant now) {
        EventView view = detail.view();
        Event event = view.event();
        return new EventResponse(
                event.id().toString(),
                event.sellerId().toString(),
                event.texts().title(),
                event.texts().artist(),
                event.texts().description(),
                event.texts().category(),
                event.status(now),
                new VenueName(
                        view.place().venueId().toString(),
                        view.place().venue(),
                        view.place().address(),
                        view.place().city()),
                new HallName(view.place().hallId().toString(), view.place().hall()),
                event.sale().opensAt(),
                event.sale().closesAt(),
                event.maxSeatsPerBuyer(),
                event.prices().stream()
                        .map(price -> new GradePrice(
                                price.grade(), price.amount(), view.seating().total(price.grade())))
                        .toList(),
                event.performances().stream()
                        .map(performance -> new PerformanceDate(
                                performance.id().toString(),
                                performance.startsAt(),
                                view.seating().total(),
                                detail.available(performance.id())))
                        .toList(),
                view.images().stream().map(ImageAnswer::of).toList(),
                event.waitingRoom(),
                event.version());
    }
}
