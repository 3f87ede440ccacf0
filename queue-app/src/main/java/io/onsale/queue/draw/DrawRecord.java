package io.onsale.queue.draw;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * What the public may know of a draw at its present stage; also what stands on the compacted topic {@code queue.draws}.
 *
 * @param commitment SHA-256 of the seed, from the opening of the pre-queue on
 * @param beaconSource where the public value comes from that is mixed in; named before the list is closed
 * @param beacon that value, which nobody could know then; without one the operator could have known the order, and the note
 *     says so
 * @param entrants how many entries the closed list has
 * @param entriesHash SHA-256 of the closed list
 * @param seed after the draw
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record DrawRecord(
        String eventId,
        String stage,
        String commitment,
        @Nullable String beaconSource,
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

    boolean isClosed() {
        return !stage.equals("COMMITTED");
    }

    /** The list is closed, and the value that was promised to be mixed in is not there yet. */
    boolean waitsForBeacon() {
        return isClosed() && beaconSource != null && beacon == null;
    }

    /** Of two records of a draw, the one that comes later. */
    int order() {
        return switch (stage) {
            case "COMMITTED" -> beaconSource == null ? 1 : 2;
            case "CLOSED" -> beacon == null ? 3 : 4;
            default -> 5;
        };
    }

    static DrawRecord committed(String eventId, String commitment) {
        return new DrawRecord(
                eventId, "COMMITTED", commitment, null, null, null, null, null, FairOrder.ALGORITHM, NO_BEACON);
    }

    DrawRecord withBeaconSource(String source) {
        return new DrawRecord(eventId, stage, commitment, source, null, null, null, null, algorithm, null);
    }

    DrawRecord closed(long entryCount, String hash) {
        return new DrawRecord(
                eventId, "CLOSED", commitment, beaconSource, beacon, entryCount, hash, null, algorithm, note);
    }

    DrawRecord withBeacon(String value) {
        return new DrawRecord(
                eventId, stage, commitment, beaconSource, value, entrants, entriesHash, null, algorithm, note);
    }

    DrawRecord revealed(String seedHex) {
        return new DrawRecord(
                eventId, "DRAWN", commitment, beaconSource, beacon, entrants, entriesHash, seedHex, algorithm, note);
    }
}
