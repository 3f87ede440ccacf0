package io.onsale.ticketing.reservations.hold;

import io.onsale.platform.problem.CommonProblem;
import io.onsale.platform.problem.Problem;
import io.onsale.platform.problem.ProblemException;
import io.onsale.ticketing.catalog.Offers;
import io.onsale.ticketing.catalog.PerformanceOffer;
import io.onsale.ticketing.catalog.PerformanceOffer.SeatOffer;
import io.onsale.ticketing.reservations.Buyer;
import io.onsale.ticketing.reservations.Reservation;
import io.onsale.ticketing.reservations.Reservation.Status;
import io.onsale.ticketing.reservations.Reservations;
import io.onsale.ticketing.reservations.ReservationsProblem;
import io.onsale.ticketing.reservations.model.Booking;
import io.onsale.ticketing.reservations.model.Booking.Step;
import io.onsale.ticketing.reservations.postgres.Bookings;
import io.onsale.ticketing.reservations.postgres.ClaimSeats;
import io.onsale.ticketing.reservations.postgres.Decision;
import io.onsale.ticketing.reservations.postgres.EventBuyers;
import io.onsale.ticketing.reservations.postgres.PastClaims;
import io.onsale.ticketing.reservations.postgres.UsedTokens;
import io.onsale.ticketing.reservations.postgres.Wish;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The module's API: guarded steps in the caller's transaction. */
@Component
class ReservationService implements Reservations {
    private final HoldSettings settings;
    private final Steps steps;
    private final Bookings bookings;
    private final EventBuyers buyers;
    private final PastClaims past;
    private final ClaimSeats claims;
    private final UsedTokens usedTokens;
    private final PaymentTokens tokens;
    private final Offers offers;
    private final TransactionalOperator transaction;

    ReservationService(
            HoldSettings settings,
            Steps steps,
            Bookings bookings,
            EventBuyers buyers,
            PastClaims past,
            ClaimSeats claims,
            UsedTokens usedTokens,
            PaymentTokens tokens,
            Offers offers,
            TransactionalOperator transaction) {
        this.settings = settings;
        this.steps = steps;
        this.bookings = bookings;
        this.buyers = buyers;
        this.past = past;
        this.claims = claims;
        this.usedTokens = usedTokens;
        this.tokens = tokens;
        this.offers = offers;
        this.transaction = transaction;
    }

    @Override
    public Mono<Reservation> beginPaying(String reservationId, String userId, String paymentToken) {
        return bookings.lock(reservationId)
                .filter(read -> read.booking().userId().equals(userId))
                .switchIfEmpty(
                        Mono.error(() -> Problem.of(CommonProblem.NOT_FOUND).asException()))
                .flatMap(read -> usedTokens
                        .use(tokens.verify(paymentToken, reservationId), reservationId)
                        .filter(first -> first || read.booking().status() == Status.PAYING)
                        .switchIfEmpty(Mono.error(() -> Problem.of(ReservationsProblem.PAYMENT_TOKEN_USED)
                                .asException()))
                        .then(Mono.defer(() ->
                                steps.write(read, read.booking().beginPaying(read.now(), settings.payingGrace())))))
                .map(Steps::allowed)
                .map(ReservationService::view)
                .as(transaction::transactional)
                .checkpoint("begin paying");
    }

    @Override
    public Mono<Void> paymentDeclined(String reservationId) {
        return steps.take(reservationId, read -> read.booking().paymentDeclined())
                .then();
    }

    @Override
    public Mono<Confirmation> confirm(String reservationId, String paymentId) {
        return steps.take(reservationId, read -> read.booking().confirm(read.now(), paymentId))
                .flatMap(step -> confirmation(reservationId, step))
                .checkpoint("confirm reservation");
    }

    private Mono<Confirmation> confirmation(String reservationId, Step step) {
        if (!(step instanceof Step.Refused refused)) {
            return Mono.just(new Confirmation.Confirmed(view(Steps.allowed(step))));
        }
        return refused.why() == Booking.Refusal.PAID
                ? bookings.find(reservationId)
                        .map(booking -> new Confirmation.PaidOtherwise(String.valueOf(booking.paymentId())))
                : Mono.just(new Confirmation.Ended());
    }

    /** Without Redis: PostgreSQL makes a newer fence itself, and whoever holds the seats in Redis only will be refused. */
    @Override
    public Mono<Confirmation> retake(String reservationId, String paymentId) {
        return bookings.lock(reservationId)
                .switchIfEmpty(
                        Mono.error(() -> Problem.of(CommonProblem.NOT_FOUND).asException()))
                .flatMap(read -> read.booking().status() == Status.EXPIRED
                        ? retakeExpired(read, paymentId)
                        : steps.write(read, read.booking().confirm(read.now(), paymentId))
                                .flatMap(step -> confirmation(reservationId, step)))
                .as(transaction::transactional)
                .checkpoint("retake seats");
    }

    private Mono<Confirmation> retakeExpired(Bookings.Read read, String paymentId) {
        Booking ended = read.booking();
        return Mono.zip(
                        offers.offer(ended.performanceId())
                                .switchIfEmpty(Mono.error(() ->
                                        Problem.of(CommonProblem.NOT_FOUND).asException())),
                        past.lastSeats(ended.id()))
                .flatMap(both -> claimAgain(read, both.getT1(), both.getT2(), paymentId))
                .onErrorResume(
                        ProblemException.class,
                        refused -> Mono.just(new Confirmation.Refused(
                                refused.problem().code().name())));
    }

    private Mono<Confirmation> claimAgain(
            Bookings.Read read, PerformanceOffer offer, List<String> seatIds, String paymentId) {
        Booking ended = read.booking();
        List<SeatOffer> seats =
                seatIds.stream().flatMap(id -> offer.seat(id).stream()).toList();
        Wish wish = new Wish(
                ended.id(),
                ended.eventId(),
                ended.performanceId(),
                ended.userId(),
                ended.passId(),
                Instant.EPOCH,
                null,
                seats);
        return claims.claimMore(wish, 0).flatMap(decision -> {
            if (decision.outcome() != Decision.Outcome.OK) {
                return Mono.just(new Confirmation.Refused(decision.outcome().name()));
            }
            Step step = ended.retake(read.now(), paymentId, SeatChoice.claims(seats, decision.number()));
            return steps.write(read, step).map(done -> new Confirmation.Confirmed(view(Steps.allowed(done))));
        });
    }

    @Override
    public Mono<Reservation> beginCancelling(String reservationId) {
        return steps.take(reservationId, read -> read.booking().beginCancelling())
                .map(Steps::allowed)
                .map(ReservationService::view);
    }

    @Override
    public Mono<Void> cancelled(String reservationId) {
        return steps.take(reservationId, read -> read.booking().cancelled())
                .map(Steps::allowed)
                .then();
    }

    @Override
    public Mono<Reservation> giveBack(String reservationId, Collection<String> seatIds) {
        return steps.take(reservationId, read -> read.booking().giveBack(seatIds))
                .map(Steps::allowed)
                .map(ReservationService::view);
    }

    @Override
    public String paymentToken(Reservation reservation) {
        boolean payable = reservation.status() == Status.PENDING || reservation.status() == Status.PAYING;
        return payable ? tokens.mint(reservation.id()) : "";
    }

    @Override
    public Mono<Reservation> find(String reservationId) {
        return bookings.find(reservationId).map(ReservationService::view);
    }

    @Override
    public Mono<Reservation> lock(String reservationId) {
        return bookings.lock(reservationId).map(read -> view(read.booking()));
    }

    @Override
    public Flux<Reservation> ofUser(String userId, int offset, int limit) {
        return bookings.ofUser(userId, offset, limit).map(ReservationService::view);
    }

    @Override
    public Mono<Long> countOfUser(String userId) {
        return bookings.countOfUser(userId);
    }

    @Override
    public Flux<Buyer> buyersOf(String eventId, int offset, int limit) {
        return buyers.buyersOf(eventId, offset, limit);
    }

    @Override
    public Mono<Long> countBuyersOf(String eventId) {
        return buyers.countBuyersOf(eventId);
    }

    @Override
    public Flux<Reservation> confirmedOfEvent(String eventId, String afterId, int limit) {
        return bookings.confirmedOfEvent(eventId, afterId, limit).map(ReservationService::view);
    }

    static Reservation view(Booking booking) {
        return new Reservation(
                booking.id(),
                booking.eventId(),
                booking.performanceId(),
                booking.userId(),
                booking.status(),
                booking.claims().stream()
                        .map(claim -> new Reservation.HeldSeat(claim.seatId(), claim.grade(), claim.amount()))
                        .toList(),
                booking.amount(),
                booking.createdAt(),
                booking.expiresAt(),
                booking.confirmedAt(),
                booking.paymentId(),
                booking.version());
    }
}
