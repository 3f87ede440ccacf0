package io.onsale.ticketing.reservations.hold;

import io.onsale.platform.Ids;
import io.onsale.platform.problem.CommonProblem;
import io.onsale.platform.problem.Problem;
import io.onsale.platform.problem.ProblemException;
import io.onsale.ticketing.catalog.Offers;
import io.onsale.ticketing.catalog.PerformanceOffer;
import io.onsale.ticketing.catalog.PerformanceOffer.SeatOffer;
import io.onsale.ticketing.reservations.ReservationsProblem;
import io.onsale.ticketing.reservations.hold.ExpireHolds.LapsedInTheWay;
import io.onsale.ticketing.reservations.model.Booking;
import io.onsale.ticketing.reservations.model.Claim;
import io.onsale.ticketing.reservations.postgres.Bookings;
import io.onsale.ticketing.reservations.postgres.ClaimSeats;
import io.onsale.ticketing.reservations.postgres.Decision;
import io.onsale.ticketing.reservations.postgres.Wish;
import io.onsale.ticketing.reservations.redis.SeatLocks;
import io.onsale.ticketing.reservations.redis.SeatLocks.Acquired;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;

/** Other seats in one hold: the new ones are taken before an old one goes, and the end stays where it is. */
@Component
public class ChangeSeats {
    private final Offers offers;
    private final SeatChoice choice;
    private final SeatLocks locks;
    private final Bookings bookings;
    private final ClaimSeats claims;
    private final Steps steps;
    private final ExpireHolds expire;
    private final TransactionalOperator transaction;

    ChangeSeats(
            Offers offers,
            SeatChoice choice,
            SeatLocks locks,
            Bookings bookings,
            ClaimSeats claims,
            Steps steps,
            ExpireHolds expire,
            TransactionalOperator transaction) {
        this.offers = offers;
        this.choice = choice;
        this.locks = locks;
        this.bookings = bookings;
        this.claims = claims;
        this.steps = steps;
        this.expire = expire;
        this.transaction = transaction;
    }

    /** What is to be added, under which fence. */
    private record Change(Booking seen, List<String> wanted, List<SeatOffer> added, String requestId) {

        SeatLocks.Seats addedSeats() {
            return new SeatLocks.Seats(
                    seen.eventId(),
                    seen.performanceId(),
                    added.stream().map(SeatOffer::id).toList());
        }
    }

    /** The reservation with exactly these seats; asking for those it has changes nothing. */
    public Mono<Booking> change(String reservationId, String userId, List<String> seatIds) {
        return bookings.find(reservationId)
                .filter(booking -> booking.userId().equals(userId))
                .switchIfEmpty(
                        Mono.error(() -> Problem.of(CommonProblem.NOT_FOUND).asException()))
                .flatMap(booking -> plan(booking, seatIds))
                .flatMap(change -> change.added().isEmpty() ? decide(change, null) : acquireThenDecide(change, 0))
                .checkpoint("change seats");
    }

    private Mono<Change> plan(Booking seen, List<String> seatIds) {
        return offers.offer(seen.performanceId())
                .switchIfEmpty(
                        Mono.error(() -> Problem.of(CommonProblem.NOT_FOUND).asException()))
                .map(offer -> new Change(seen, seatIds, added(offer, seen, seatIds), Ids.next()));
    }

    private List<SeatOffer> added(PerformanceOffer offer, Booking seen, List<String> seatIds) {
        Set<String> has = Set.copyOf(seen.seatIds());
        return choice.named(offer, seatIds).stream()
                .filter(seat -> !has.contains(seat.id()))
                .toList();
    }

    private Mono<Booking> acquireThenDecide(Change change, long floor) {
        return locks.acquire(change.requestId(), change.addedSeats(), SeatLocks.UNDECIDED, floor)
                .flatMap(acquired -> {
                    if (acquired instanceof Acquired.Held held) {
                        return decide(change, held.fence())
                                .onErrorResume(
                                        StaleFence.class,
                                        stale -> floor == 0
                                                ? acquireThenDecide(change, stale.newest)
                                                : Mono.error(taken(
                                                        change.addedSeats().seatIds())));
                    }
                    List<String> ids = acquired instanceof Acquired.Taken taken ? taken.seatIds() : List.of();
                    return Mono.error(taken(ids));
                })
                .onErrorResume(
                        ProblemException.class,
                        refused -> locks.takeBack(change.requestId(), change.addedSeats())
                                .onErrorComplete()
                                .then(Mono.error(refused)));
    }

    private Mono<Booking> decide(Change change, @Nullable Long fence) {
        return expire.clearingLapsed(Mono.defer(() -> decideOnce(change, fence)))
                .onErrorMap(
                        LapsedInTheWay.class,
                        lapsed -> taken(change.addedSeats().seatIds()));
    }

    private Mono<Booking> decideOnce(Change change, @Nullable Long fence) {
        return bookings.lock(change.seen().id())
                .switchIfEmpty(
                        Mono.error(() -> Problem.of(CommonProblem.NOT_FOUND).asException()))
                .flatMap(read -> claimAndWrite(read, change, fence))
                .as(transaction::transactional);
    }

    private Mono<Booking> claimAndWrite(Bookings.Read read, Change change, @Nullable Long fence) {
        Booking now = read.booking();
        if (!now.claims().equals(change.seen().claims())) {
            return Mono.error(Problem.of(CommonProblem.CONFLICT).asException());
        }
        List<Claim> kept = now.claims().stream()
                .filter(claim -> change.wanted().contains(claim.seatId()))
                .toList();
        if (change.added().isEmpty()) {
            return write(read, kept);
        }
        // The rules of life come first: nobody claims for a hold that is over.
        Steps.allowed(now.change(read.now(), List.of()));
        Wish wish = new Wish(
                now.id(),
                now.eventId(),
                now.performanceId(),
                now.userId(),
                now.passId(),
                Instant.EPOCH,
                fence,
                change.added());
        return claims.claimMore(wish, now.claims().size() - kept.size())
                .flatMap(decision -> write(read, with(kept, change.added(), decision)));
    }

    private Mono<Booking> write(Bookings.Read read, List<Claim> newClaims) {
        return steps.write(read, read.booking().change(read.now(), newClaims)).map(Steps::allowed);
    }

    private static List<Claim> with(List<Claim> kept, List<SeatOffer> added, Decision decision) {
        switch (decision.outcome()) {
            case OK -> {
                List<Claim> all = new ArrayList<>(kept);
                all.addAll(SeatChoice.claims(added, decision.number()));
                return all;
            }
            case LAPSED -> throw new LapsedInTheWay(decision.ids());
            case FENCE_STALE -> throw new StaleFence(decision.number());
            default -> throw Refusals.of(decision);
        }
    }

    private static ProblemException taken(List<String> seatIds) {
        return Problem.of(ReservationsProblem.SEAT_TAKEN)
                .with("seatIds", seatIds)
                .asException();
    }

    private static final class StaleFence extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final long newest;

        StaleFence(long newest) {
            super("stale", null, false, false);
            this.newest = newest;
        }
    }
}
