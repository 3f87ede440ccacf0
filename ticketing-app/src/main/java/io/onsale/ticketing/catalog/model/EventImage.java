package io.onsale.ticketing.catalog.model;

import java.util.UUID;

/**
 * A picture of an event.
 *
 * @param name of its file: made from its content, so that it never changes and may be kept by anybody for ever
 */
public record EventImage(UUID id, Kind kind, String name, int width, int height) {

    /** What it is for. */
    public enum Kind {
        /** One for an event, shown in lists. */
        POSTER,
        /** Shown with the description, in the order they came. */
        DESCRIPTION
    }
}
