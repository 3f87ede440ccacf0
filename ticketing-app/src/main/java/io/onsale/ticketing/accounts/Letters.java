package io.onsale.ticketing.accounts;

import java.time.Instant;
import java.util.List;
import reactor.core.publisher.Mono;

/**
 * Letters to account holders about what they did here, in their own language. Written within the caller's transaction, sent soon after
 * it; nobody is written to who has no address.
 */
public interface Letters {

    /** Tickets are there. */
    Mono<Void> bookingConfirmed(String userId, Booking booking);

    /** Tickets are void and money is on its way back. */
    Mono<Void> bookingCancelled(String userId, Booking booking);

    /**
     * What a letter tells of a booking.
     *
     * @param tickets their numbers, or just as many texts as there are tickets
     */
    record Booking(String title, String venue, Instant startsAt, List<String> tickets) {

        public Booking {
            tickets = List.copyOf(tickets);
        }
    }
}
