package io.onsale.ticketing.reservations.redis;

/**
 * The keys of holds. All of one event share its hash tag, so that a script finds them in one slot.
 *
 * <pre>
 * hold:{event}:fence                        string   last fence given                      no end
 * hold:{event}:seat:performance:seat        string   fence:request that holds the seat     end of the hold; 15 s while it is undecided
 * hold:{event}:released:request             string   the request was taken back            10 min
 * </pre>
 */
record HoldKeys(String eventId) {

    String fence() {
        return prefix() + "fence";
    }

    String seat(String performanceId, String seatId) {
        return prefix() + "seat:" + performanceId + ":" + seatId;
    }

    String released(String requestId) {
        return prefix() + "released:" + requestId;
    }

    private String prefix() {
        return "hold:{" + eventId + "}:";
    }
}
