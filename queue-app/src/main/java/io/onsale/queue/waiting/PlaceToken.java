package io.onsale.queue.waiting;

/**
 * A proven statement about somebody's place: what lets a line survive its store.
 *
 * @param kind W a place in the line, E an entry in the draw, G a granted place
 * @param score epoch x 2^24 + number
 * @param issuedMillis when it was last true, by the store's clock
 * @param admittedMillis of a granted place
 * @param endMillis the pass's end, of a granted place
 */
record PlaceToken(char kind, long score, long issuedMillis, long admittedMillis, long endMillis) {

    long epoch() {
        return score / Place.PLACES_PER_EPOCH;
    }

    long number() {
        return score % Place.PLACES_PER_EPOCH;
    }
}
