package io.onsale.ticketing.accounts.mail;

import io.onsale.ticketing.accounts.Letters;
import io.onsale.ticketing.accounts.model.Letter;
import io.onsale.ticketing.accounts.postgres.Mails;
import java.time.Clock;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** Writes letters about bookings into the outbox of letters. */
@Component
class BookingLetters implements Letters {
    private final Mails mails;
    private final JsonMapper json;
    private final Clock clock;

    BookingLetters(Mails mails, JsonMapper json, Clock clock) {
        this.mails = mails;
        this.json = json;
        this.clock = clock;
    }

    @Override
    public Mono<Void> bookingConfirmed(String userId, Booking booking) {
        return write(Letter.BOOKING_CONFIRMED, userId, booking);
    }

    @Override
    public Mono<Void> bookingCancelled(String userId, Booking booking) {
        return write(Letter.BOOKING_CANCELLED, userId, booking);
    }

    private Mono<Void> write(Letter letter, String userId, Booking booking) {
        return mails.write(letter, UUID.fromString(userId), json.writeValueAsString(booking), clock.instant());
    }
}
