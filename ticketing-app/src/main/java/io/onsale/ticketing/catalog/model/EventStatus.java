package io.onsale.ticketing.catalog.model;

/** Where an event is in its life. */
public enum EventStatus {
    DRAFT,
    UPCOMING,
    ON_SALE,
    SOLD_OUT,
    ENDED,
    CANCELLED;

    /** Whether seats, prices and dates may still change: nobody can have bought on their strength. */
    public boolean isBeforeSales() {
        return this == DRAFT || this == UPCOMING;
    }
}
