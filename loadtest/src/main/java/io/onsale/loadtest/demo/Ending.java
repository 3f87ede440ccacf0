package io.onsale.loadtest.demo;

/** How a buyer's day ended. */
record Ending(Kind kind, String reason, int seats) {

    enum Kind {
        TICKETS("tickets in hand"),
        SOLD_OUT("sold out before their turn"),
        NO_SEAT("inside, but no seat was left"),
        DECLINED("payment declined"),
        RELEASED("gave the seats back"),
        ABANDONED("closed the tab at the checkout"),
        REFUNDED("too late, money given back"),
        RETURNED("gave the tickets back"),
        UNSERVED("could not be served");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    static Ending of(Kind kind) {
        return new Ending(kind, "", 0);
    }

    static Ending because(Kind kind, String reason) {
        return new Ending(kind, reason, 0);
    }

    /** Ends a journey from inside its chain. */
    static final class Reached extends RuntimeException {

        private static final long serialVersionUID = 1L;
        private final transient Ending ending;

        Reached(Ending ending) {
            super(ending.reason, null, false, false);
            this.ending = ending;
        }

        Ending ending() {
            return ending;
        }
    }
}
