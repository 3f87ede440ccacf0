package io.onsale.queue.draw;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * What the public may know of a draw at its present stage; also what stands on the compacted topic {@code queue.draws}.
 *
 * @param commitment SHA-256 of the seed, from the opening of the pre-queue on
 * @param beacon a public value mixed in; without one the operator could have known the order, and the note says so
 * @param entrants how many entries the closed list has
 * @param entriesHash SHA-256 of the closed list
 * @param seed after the draw
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record DrawRecord(
        String eventId,
        String stage,
        String commitment,
        @Nullable String beacon,
        @Nullable Long entrants,
        @Nullable String entriesHash,
        @Nullable String seed,
        String algorithm,
        @Nullable String note) {

    private static final String NO_BEACON = "No public beacon is mixed in: the operator could have known the order.";

    boolean isDrawn() {
        return stage.equals("DRAWN");
    }

    static DrawRecord committed(String eventId, String commitment) {
        return new DrawRecord(eventId, "COMMITTED", commitment, null, null, null, null, FairOrder.ALGORITHM, NO_BEACON);
    }

    DrawRecord closed(long entryCount, String hash) {
        return new DrawRecord(eventId, "CLOSED", commitment, beacon, entryCount, hash, null, algorithm, note);
    }

    DrawRecord revealed(String seedHex) {
        return new DrawRecord(eventId, "DRAWN", commitment, beacon, entrants, entriesHash, seedHex, algorithm, note);
    }
}
