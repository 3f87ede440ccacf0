package io.onsale.ticketing.checkout;

import io.onsale.ticketing.catalog.Offers;
import io.onsale.ticketing.payments.Checkout;
import io.onsale.ticketing.payments.PaymentView;
import io.onsale.ticketing.payments.Payments;
import io.onsale.ticketing.payments.Payments.Order;
import io.onsale.ticketing.payments.Provider;
import io.onsale.ticketing.reservations.Reservation;
import io.onsale.ticketing.reservations.Reservations;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;

/** Begins to pay for a hold: its end moves, a payment opens at the server's price, the provider is told. */
@Service
public class Paying {

    /** Ready to be paid, and where. */
    public record Begun(PaymentView payment, Checkout checkout) {}

    private final Reservations reservations;
    private final Payments payments;
    private final Offers offers;
    private final TransactionalOperator transaction;

    Paying(Reservations reservations, Payments payments, Offers offers, TransactionalOperator transaction) {
        this.reservations = reservations;
        this.payments = payments;
        this.offers = offers;
        this.transaction = transaction;
    }

    /** May be repeated: what has begun is not begun twice. */
    public Mono<Begun> begin(
            String reservationId, String userId, String paymentToken, Provider provider, @Nullable String method) {
        return reservations
                .beginPaying(reservationId, userId, paymentToken)
                .flatMap(reservation -> orderName(reservation)
                        .flatMap(name -> payments.open(new Order(
                                reservation.id(),
                                reservation.eventId(),
                                userId,
                                name,
                                reservation.amount(),
                                provider,
                                method))))
                .as(transaction::transactional)
                .flatMap(
                        payment -> payments.register(payment.paymentId()).map(checkout -> new Begun(payment, checkout)))
                .checkpoint("begin paying");
    }

    /** What the buyer sees on the provider's page; providers cut at 100 characters. */
    private Mono<String> orderName(Reservation reservation) {
        int seats = reservation.seats().size();
        return offers.offer(reservation.performanceId())
                .map(offer -> offer.title())
                .defaultIfEmpty("onsale")
                .map(title -> (title.length() > 90 ? title.substring(0, 90) : title) + " x " + seats);
    }
}
