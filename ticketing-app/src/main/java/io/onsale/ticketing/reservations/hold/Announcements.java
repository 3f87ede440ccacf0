package io.onsale.ticketing.reservations.hold;

import io.onsale.platform.outbox.DomainEvent;
import io.onsale.ticketing.reservations.ReservationEvents;
import io.onsale.ticketing.reservations.ReservationEvents.Facts;
import io.onsale.ticketing.reservations.model.Booking;
import io.onsale.ticketing.reservations.model.Booking.Fact;

/** What a step is announced as. */
final class Announcements {

    private Announcements() {}

    /** Where the reservation ended, the event names the seats it had. */
    static DomainEvent of(Fact fact, Booking before, Booking after) {
        boolean ended = fact == Fact.CANCELLED || fact == Fact.EXPIRED;
        Booking seats = ended ? before : after;
        Facts facts = new Facts(
                after.id(),
                after.eventId(),
                after.performanceId(),
                after.userId(),
                after.passId(),
                seats.seatIds(),
                seats.amount(),
                after.expiresAt());
        return DomainEvent.of(ReservationEvents.TOPIC, after.id(), after.version(), payload(fact, facts));
    }

    private static Object payload(Fact fact, Facts facts) {
        return switch (fact) {
            case SEATS_HELD -> new ReservationEvents.SeatsHeld(facts);
            case HOLD_EXTENDED -> new ReservationEvents.HoldExtended(facts);
            case SEATS_CHANGED -> new ReservationEvents.SeatsChanged(facts);
            case CONFIRMED -> new ReservationEvents.ReservationConfirmed(facts);
            case CANCELLED -> new ReservationEvents.ReservationCancelled(facts);
            case EXPIRED -> new ReservationEvents.ReservationExpired(facts);
        };
    }
}
