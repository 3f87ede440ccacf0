package io.onsale.ticketing.checkout;

import io.onsale.platform.problem.Problem;
import io.onsale.ticketing.catalog.Offers;
import io.onsale.ticketing.checkout.model.Quote;
import io.onsale.ticketing.checkout.model.RefundPolicy;
import io.onsale.ticketing.checkout.postgres.RefundPolicies;
import io.onsale.ticketing.payments.Payments;
import io.onsale.ticketing.reservations.Reservation;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/** What giving tickets back would bring now, by the policy they were booked under. */
@Service
public class Quotes {

    private final Offers offers;
    private final RefundPolicies policies;
    private final Payments payments;
    private final Clock clock;

    Quotes(Offers offers, RefundPolicies policies, Payments payments, Clock clock) {
        this.offers = offers;
        this.policies = policies;
        this.payments = payments;
        this.clock = clock;
    }

    /** Fails with a problem once cancelling is closed. */
    public Mono<Quote> of(Reservation reservation, Set<String> seatIds) {
        List<Reservation.HeldSeat> seats = reservation.seats().stream()
                .filter(seat -> seatIds.contains(seat.seatId()))
                .toList();
        return Mono.zip(performanceStart(reservation), policies.inForce(reservation.eventId(), booked(reservation)))
                .map(known -> quote(
                        seats, booked(reservation), known.getT1(), known.getT2().policy()))
                .flatMap(quote -> payments.balance(Cancelling.paymentOf(reservation))
                        .map(balance -> quote.atMost(balance.left())));
    }

    private Quote quote(List<Reservation.HeldSeat> seats, Instant booked, Instant starts, RefundPolicy policy) {
        Instant now = clock.instant();
        if (!policy.isOpen(starts, now)) {
            throw Problem.of(CheckoutProblem.CANCELLATION_CLOSED)
                    .with("closedAt", policy.closesAt(starts))
                    .asException();
        }
        long price = seats.stream().mapToLong(Reservation.HeldSeat::amount).sum();
        long fee = seats.stream()
                .mapToLong(seat -> policy.fee(seat.amount(), booked, starts, now))
                .sum();
        return new Quote(seats.stream().map(Reservation.HeldSeat::seatId).toList(), price, fee);
    }

    private Mono<Instant> performanceStart(Reservation reservation) {
        return offers.offer(reservation.performanceId())
                .map(offer -> offer.startsAt())
                .switchIfEmpty(Mono.error(
                        () -> Problem.of(CheckoutProblem.NOT_CANCELLABLE).asException()));
    }

    private static Instant booked(Reservation reservation) {
        return Objects.requireNonNullElse(reservation.confirmedAt(), reservation.createdAt());
    }
}
