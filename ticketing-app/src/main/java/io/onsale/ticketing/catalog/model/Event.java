package io.onsale.ticketing.catalog.model;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event with its performances and prices.
 *
 * @param performances by start, never empty
 * @param prices in the seller's order, one for each grade of the hall
 * @param waitingRoom null: holds need no pass
 * @param soldOut every seat is sold or blocked
 * @param version rises with every change
 */
public record Event(
        UUID id,
        UUID sellerId,
        UUID hallId,
        UUID layoutId,
        Texts texts,
        SaleWindow sale,
        int maxSeatsPerBuyer,
        List<Price> prices,
        List<Performance> performances,
        @Nullable WaitingRoom waitingRoom,
        boolean draft,
        boolean soldOut,
        boolean cancelled,
        boolean deleted,
        long version) {

    public Event {
        prices = List.copyOf(prices);
        performances = performances.stream()
                .sorted(Comparator.comparing(Performance::startsAt))
                .toList();
    }

    /** What people read. */
    public record Texts(String title, String artist, String description, String category) {}

    /** Sales run in [opensAt, closesAt). */
    public record SaleWindow(Instant opensAt, Instant closesAt) {}

    /**
     * Price of a grade.
     *
     * @param amount whole won; 0 is free of charge
     */
    public record Price(String grade, long amount) {}

    /** One date. */
    public record Performance(UUID id, Instant startsAt) {}

    /** The status by the clock; to others a deleted event is a cancelled one. */
    public EventStatus status(Instant now) {
        if (cancelled || deleted) {
            return EventStatus.CANCELLED;
        }
        if (draft) {
            return EventStatus.DRAFT;
        }
        if (now.isBefore(sale.opensAt())) {
            return EventStatus.UPCOMING;
        }
        if (!now.isBefore(sale.closesAt())) {
            return EventStatus.ENDED;
        }
        return soldOut ? EventStatus.SOLD_OUT : EventStatus.ON_SALE;
    }

    /** When the first performance starts. */
    public Instant firstStartsAt() {
        return performances.get(0).startsAt();
    }

    /** When the last performance starts. */
    public Instant lastStartsAt() {
        return performances.get(performances.size() - 1).startsAt();
    }

    /** The same event, published. */
    public Event publish() {
        return with(false, soldOut, cancelled, deleted);
    }

    /** The same event, cancelled. */
    public Event cancel() {
        return with(draft, soldOut, true, deleted);
    }

    /** The same event, deleted. */
    public Event delete() {
        return with(draft, soldOut, cancelled, true);
    }

    /** The same event, with its last seat sold or one given back. */
    public Event soldOut(boolean nowSoldOut) {
        return with(draft, nowSoldOut, cancelled, deleted);
    }

    /** The same event with these prices and performances. */
    public Event withParts(List<Price> newPrices, List<Performance> newPerformances) {
        return new Event(
                id,
                sellerId,
                hallId,
                layoutId,
                texts,
                sale,
                maxSeatsPerBuyer,
                newPrices,
                newPerformances,
                waitingRoom,
                draft,
                soldOut,
                cancelled,
                deleted,
                version);
    }

    private Event with(boolean nowDraft, boolean nowSoldOut, boolean nowCancelled, boolean nowDeleted) {
        return new Event(
                id,
                sellerId,
                hallId,
                layoutId,
                texts,
                sale,
                maxSeatsPerBuyer,
                prices,
                performances,
                waitingRoom,
                nowDraft,
                nowSoldOut,
                nowCancelled,
                nowDeleted,
                version);
    }
}
