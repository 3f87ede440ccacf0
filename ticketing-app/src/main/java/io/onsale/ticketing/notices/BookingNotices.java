package io.onsale.ticketing.notices;

import io.onsale.platform.outbox.EventConsumer;
import io.onsale.ticketing.accounts.Letters;
import io.onsale.ticketing.accounts.Letters.Booking;
import io.onsale.ticketing.catalog.Offers;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Mono;

/**
 * A letter when tickets are issued, and one when they are voided, whoever cancelled. Each event writes its letter once, in the
 * transaction that marks it as read; the accounts module sends it.
 */
@Configuration(proxyBeanMethods = false)
class BookingNotices {

    @Bean
    EventConsumer noticesOfTickets(Letters letters, Offers offers) {
        return EventConsumer.named("notices.tickets")
                .from("ticket.events")
                .on(
                        TicketsIssued.class,
                        issued -> booking(offers, issued.performanceId(), issued.numbers())
                                .flatMap(booking -> letters.bookingConfirmed(issued.userId(), booking)))
                .on(
                        TicketsVoided.class,
                        voided -> booking(offers, voided.performanceId(), voided.ticketIds())
                                .flatMap(booking -> letters.bookingCancelled(voided.userId(), booking)));
    }

    /** The performance was sold a moment ago, so it is at hand. One that was deleted since has nobody to write to. */
    private static Mono<Booking> booking(Offers offers, String performanceId, List<String> tickets) {
        return offers.offer(performanceId)
                .map(offer -> new Booking(offer.title(), offer.venue(), offer.startsAt(), tickets));
    }

    /** As this module reads it. */
    record TicketsIssued(String performanceId, String userId, List<Issued> tickets) {

        record Issued(String number) {}

        List<String> numbers() {
            return tickets.stream().map(Issued::number).toList();
        }
    }

    /** As this module reads it. */
    record TicketsVoided(String performanceId, String userId, List<String> ticketIds) {}
}
