package io.onsale.ticketing.reservations.hold;

import io.onsale.platform.Ids;
import io.onsale.platform.outbox.Outbox;
import io.onsale.platform.problem.CommonProblem;
import io.onsale.platform.problem.Problem;
import io.onsale.platform.problem.ProblemException;
import io.onsale.ticketing.catalog.Offers;
import io.onsale.ticketing.catalog.PerformanceOffer;
import io.onsale.ticketing.catalog.PerformanceOffer.SeatOffer;
import io.onsale.ticketing.reservations.Reservation.Status;
import io.onsale.ticketing.reservations.ReservationsProblem;
import io.onsale.ticketing.reservations.hold.ExpireHolds.LapsedInTheWay;
import io.onsale.ticketing.reservations.model.Booking;
import io.onsale.ticketing.reservations.postgres.Bookings;
import io.onsale.ticketing.reservations.postgres.ClaimSeats;
import io.onsale.ticketing.reservations.postgres.Decision;
import io.onsale.ticketing.reservations.postgres.Wish;
import io.onsale.ticketing.reservations.redis.SeatLocks;
import io.onsale.ticketing.reservations.redis.SeatLocks.Acquired;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;

/**
 * Holding seats: pass, then Redis (all or none, one fence), then one decision in PostgreSQL. A "no" of the database takes the Redis
 * hold back; an unknown answer takes nothing back, and the same request finds the truth.
 */
@Component
public class HoldSeats {
    private static final Logger log = LoggerFactory.getLogger(HoldSeats.class);
    private static final int MAX_TRIES = 8;

    private final HoldSettings settings;
    private final Offers offers;
    private final Passes passes;
    private final PresaleRule presale;
    private final SeatChoice choice;
    private final SeatLocks locks;
    private final ClaimSeats claims;
    private final Bookings bookings;
    private final ExpireHolds expire;
    private final Outbox outbox;
    private final FastSide fastSide;
    private final TransactionalOperator transaction;

    HoldSeats(
            HoldSettings settings,
            Offers offers,
            Passes passes,
            ObjectProvider<PresaleRule> presale,
            SeatChoice choice,
            SeatLocks locks,
            ClaimSeats claims,
            Bookings bookings,
            ExpireHolds expire,
            Outbox outbox,
            FastSide fastSide,
            TransactionalOperator transaction) {
        this.settings = settings;
        this.offers = offers;
        this.passes = passes;
        this.presale = presale.getIfAvailable(() -> (user, offer) -> Mono.just(Instant.EPOCH));
        this.choice = choice;
        this.locks = locks;
        this.claims = claims;
        this.bookings = bookings;
        this.expire = expire;
        this.outbox = outbox;
        this.fastSide = fastSide;
        this.transaction = transaction;
    }

    /** Who asks for what, once that is established. */
    private record Admitted(HoldRequest request, PerformanceOffer offer, Optional<String> passId, Instant opens) {}

    /** One try at certain seats. */
    private record Try(Admitted buyer, int number, Set<String> avoid) {

        String requestId() {
            return number == 0 ? buyer.request().requestId() : buyer.request().requestId() + "." + number;
        }

        Try next(List<String> taken) {
            Set<String> more = new HashSet<>(avoid);
            more.addAll(taken);
            return new Try(buyer, number + 1, more);
        }

        boolean mayChooseOthers() {
            return number + 1 < MAX_TRIES && !(buyer.request().choice() instanceof HoldRequest.Choice.Seats);
        }
    }

    /** The reservation, held now or by the same request before. */
    public Mono<Booking> hold(HoldRequest request) {
        return offers.offer(request.performanceId())
                .switchIfEmpty(
                        Mono.error(() -> Problem.of(CommonProblem.NOT_FOUND).asException()))
                .flatMap(offer -> admit(request, offer))
                .flatMap(buyer -> attempt(new Try(buyer, 0, Set.of())))
                .onErrorMap(HoldSeats::isUncertain, HoldSeats::uncertain)
                .checkpoint("hold seats");
    }

    private Mono<Admitted> admit(HoldRequest request, PerformanceOffer offer) {
        if (offer.closed()) {
            return Mono.error(Problem.of(ReservationsProblem.SALE_CLOSED).asException());
        }
        return passes.passFor(request.userId(), offer, request.pass())
                .zipWith(presale.opensFor(request.userId(), offer))
                .map(both -> new Admitted(request, offer, both.getT1(), both.getT2()));
    }

    private Mono<Booking> attempt(Try attempt) {
        return choice.choose(attempt.buyer().offer(), attempt.buyer().request().choice(), attempt.avoid())
                .flatMap(seats -> acquireAndDecide(attempt, seats, 0))
                .onErrorResume(
                        error -> error instanceof SeatsTaken && attempt.mayChooseOthers(),
                        error -> attempt(attempt.next(((SeatsTaken) error).seatIds())))
                .onErrorMap(
                        SeatsTaken.class,
                        taken -> Problem.of(ReservationsProblem.SEAT_TAKEN)
                                .with("seatIds", taken.seatIds())
                                .asException());
    }

    private Mono<Booking> acquireAndDecide(Try attempt, List<SeatOffer> seats, long floor) {
        SeatLocks.Seats wanted = wanted(attempt.buyer().offer(), seats);
        return locks.acquire(attempt.requestId(), wanted, SeatLocks.UNDECIDED, floor)
                .flatMap(acquired -> {
                    if (acquired instanceof Acquired.Held held) {
                        return decide(attempt, wish(attempt.buyer(), seats, held.fence()), floor == 0);
                    }
                    if (acquired instanceof Acquired.Taken taken) {
                        return Mono.error(new SeatsTaken(taken.seatIds()));
                    }
                    return whatBecameOf(attempt.buyer().request());
                });
    }

    private static SeatLocks.Seats wanted(PerformanceOffer offer, List<SeatOffer> seats) {
        return new SeatLocks.Seats(
                offer.eventId(),
                offer.performanceId(),
                seats.stream().map(SeatOffer::id).toList());
    }

    private static Wish wish(Admitted buyer, List<SeatOffer> seats, long fence) {
        PerformanceOffer offer = buyer.offer();
        return new Wish(
                Ids.next(),
                offer.eventId(),
                offer.performanceId(),
                buyer.request().userId(),
                buyer.passId().orElse(null),
                buyer.opens(),
                fence,
                seats);
    }

    /** Asks the database; lapsed holds in the way are expired first. */
    private Mono<Booking> decide(Try attempt, Wish wish, boolean mayRenewFence) {
        return expire.clearingLapsed(Mono.defer(() -> decideOnce(attempt, wish))
                        .flatMap(decision -> decision.outcome() == Decision.Outcome.LAPSED
                                ? Mono.error(new LapsedInTheWay(decision.ids()))
                                : Mono.just(decision)))
                .onErrorMap(LapsedInTheWay.class, lapsed -> new SeatsTaken(wish.seatIds()))
                .flatMap(decision -> settle(attempt, wish, decision, mayRenewFence));
    }

    private Mono<Decision> decideOnce(Try attempt, Wish wish) {
        return claims.hold(attempt.buyer().request().requestId(), wish, settings.length())
                .flatMap(decision -> decision.outcome() == Decision.Outcome.OK
                        ? announce(held(wish, decision)).thenReturn(decision)
                        : Mono.just(decision))
                .as(transaction::transactional);
    }

    private Mono<Void> announce(Booking held) {
        return outbox.append(Announcements.of(Booking.Fact.SEATS_HELD, held, held))
                .then(fastSide.held(held, settings.length()));
    }

    private Booking held(Wish wish, Decision decision) {
        Instant end = Objects.requireNonNull(decision.moment());
        return Booking.held(
                wish.reservationId(),
                wish.eventId(),
                wish.performanceId(),
                wish.userId(),
                wish.passId(),
                end.minus(settings.length()),
                end,
                SeatChoice.claims(wish.seats(), Objects.requireNonNull(wish.fence())));
    }

    private Mono<Booking> settle(Try attempt, Wish wish, Decision decision, boolean mayRenewFence) {
        return switch (decision.outcome()) {
            case OK -> Mono.just(held(wish, decision));
            case REPEATED -> whatBecameOf(attempt.buyer().request());
            case FENCE_STALE ->
                mayRenewFence
                        ? acquireAndDecide(attempt, wish.seats(), decision.number())
                        : takeBack(attempt, wish).then(Mono.error(new SeatsTaken(wish.seatIds())));
            case SEAT_TAKEN -> takeBack(attempt, wish).then(Mono.error(new SeatsTaken(decision.ids())));
            default -> takeBack(attempt, wish).then(Mono.error(Refusals.of(decision)));
        };
    }

    /** Best effort: what cannot be taken back now ends by itself with the hold's time. */
    private Mono<Void> takeBack(Try attempt, Wish wish) {
        return locks.takeBack(attempt.requestId(), wanted(attempt.buyer().offer(), wish.seats()))
                .doOnError(e -> log.debug("Seats stay in Redis until their time is over: {}", e.toString()))
                .onErrorComplete();
    }

    /** The same request came before; its reservation tells how that went. */
    private Mono<Booking> whatBecameOf(HoldRequest request) {
        return bookings.findByRequest(request.requestId())
                .filter(booking -> booking.status() != Status.EXPIRED && booking.status() != Status.CANCELLED)
                .switchIfEmpty(Mono.error(
                        () -> Problem.of(ReservationsProblem.HOLD_ENDED).asException()));
    }

    /** Not a refusal and not a bug: a store did not answer, and what it did is unknown. */
    private static boolean isUncertain(Throwable error) {
        return !(error instanceof ProblemException) && Uncertainty.isIn(error);
    }

    private static Throwable uncertain(Throwable cause) {
        log.warn("A hold's outcome is unknown: {}", cause.toString());
        return Problem.of(ReservationsProblem.HOLD_UNCERTAIN)
                .retryAfter(Duration.ofSeconds(1))
                .asException();
    }

    /** Others have these; internal, since a choice among many seats may go on with others. */
    private static final class SeatsTaken extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient List<String> seatIds;

        SeatsTaken(List<String> seatIds) {
            super("taken", null, false, false);
            this.seatIds = seatIds;
        }

        List<String> seatIds() {
            return seatIds;
        }
    }
}
