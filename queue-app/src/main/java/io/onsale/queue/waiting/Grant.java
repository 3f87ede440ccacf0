package io.onsale.queue.waiting;

/**
 * A recorded admission: what the pass is minted from.
 *
 * @param live false once it was used for a purchase or given up; its end is another matter
 */
public record Grant(long epoch, long number, long admittedMillis, long endMillis, boolean live) {

    /** Reads what the scripts record. */
    public static Grant parse(String recorded) {
        String[] parts = recorded.split(":", -1);
        return new Grant(
                Long.parseLong(parts[0]),
                Long.parseLong(parts[1]),
                Long.parseLong(parts[2]),
                Long.parseLong(parts[3]),
                parts[4].equals("L"));
    }

    /** The pass's id: the same for a place however often it is granted. */
    public String passId(String eventId) {
        return eventId + ':' + epoch + ':' + number;
    }

    /** The place it was granted on. */
    long score() {
        return epoch * Place.PLACES_PER_EPOCH + number;
    }

    boolean isLiveAt(long nowMillis) {
        return live && endMillis > nowMillis;
    }
}
