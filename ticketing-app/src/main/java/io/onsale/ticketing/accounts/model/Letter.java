package io.onsale.ticketing.accounts.model;

/** What is written to people about their account and their bookings. */
public enum Letter {
    /** Is this address yours? With a link. */
    VERIFY_EMAIL(true),
    /** Choose a new password. With a link. */
    RESET_PASSWORD(true),
    /** Somebody changed the password: was it you? */
    PASSWORD_CHANGED(false),
    /** The account was not used for long and goes to sleep. */
    DORMANT_SOON(false),
    /** Your tickets. */
    BOOKING_CONFIRMED(false),
    /** Your tickets are void, and your money comes back. */
    BOOKING_CANCELLED(false);

    private final boolean hasLink;

    Letter(boolean hasLink) {
        this.hasLink = hasLink;
    }

    /** Whether it carries a link that is good once. */
    public boolean hasLink() {
        return hasLink;
    }
}
