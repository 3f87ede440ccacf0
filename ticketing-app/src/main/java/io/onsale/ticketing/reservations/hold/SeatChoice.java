package io.onsale.ticketing.reservations.hold;

import io.onsale.platform.problem.CommonProblem;
import io.onsale.platform.problem.FieldProblem;
import io.onsale.platform.problem.Problem;
import io.onsale.ticketing.catalog.PerformanceOffer;
import io.onsale.ticketing.catalog.PerformanceOffer.AreaOffer;
import io.onsale.ticketing.catalog.PerformanceOffer.SeatOffer;
import io.onsale.ticketing.catalog.SeatAvailability.Taken;
import io.onsale.ticketing.reservations.ReservationsProblem;
import io.onsale.ticketing.reservations.model.BestSeats;
import io.onsale.ticketing.reservations.model.Claim;
import io.onsale.ticketing.reservations.model.StandingPlaces;
import io.onsale.ticketing.reservations.seatmap.SeatMaps;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Turns a choice into seats. A choice among many looks at the seat map; whether they are still free is decided later. */
@Component
class SeatChoice {
    private final HoldSettings settings;
    private final SeatMaps maps;

    SeatChoice(HoldSettings settings, SeatMaps maps) {
        this.settings = settings;
        this.maps = maps;
    }

    /** @param avoid seats that turned out to be taken a moment ago */
    Mono<List<SeatOffer>> choose(PerformanceOffer offer, HoldRequest.Choice choice, Set<String> avoid) {
        if (choice instanceof HoldRequest.Choice.Seats seats) {
            return Mono.fromSupplier(() -> named(offer, seats.seatIds()));
        }
        Mono<Taken> taken = avoid.isEmpty() ? maps.taken(offer.performanceId()) : maps.read(offer.performanceId());
        return taken.map(now -> {
            Set<String> notFree = new HashSet<>(avoid);
            notFree.addAll(now.held());
            notFree.addAll(now.sold());
            notFree.addAll(offer.blocked());
            return choice instanceof HoldRequest.Choice.BestAvailable best
                    ? best(offer, best, notFree)
                    : standing(offer, (HoldRequest.Choice.Standing) choice, notFree);
        });
    }

    /** These seats; their ids, prices and grades are the hall's, never the client's. */
    List<SeatOffer> named(PerformanceOffer offer, List<String> seatIds) {
        limit(seatIds.size(), settings.maxSeats(), "seatIds");
        if (new HashSet<>(seatIds).size() != seatIds.size()) {
            throw Problem.invalid("seatIds", "UniqueElements").asException();
        }
        List<String> unknown =
                seatIds.stream().filter(id -> offer.seat(id).isEmpty()).toList();
        if (!unknown.isEmpty()) {
            throw Problem.of(ReservationsProblem.SEAT_UNKNOWN)
                    .with("seatIds", unknown)
                    .asException();
        }
        List<String> blocked =
                seatIds.stream().filter(offer.blocked()::contains).toList();
        if (!blocked.isEmpty()) {
            throw Problem.of(ReservationsProblem.SEAT_TAKEN)
                    .with("seatIds", blocked)
                    .asException();
        }
        return offers(offer, seatIds);
    }

    private List<SeatOffer> best(PerformanceOffer offer, HoldRequest.Choice.BestAvailable best, Set<String> notFree) {
        limit(best.quantity(), settings.maxSeats(), "quantity");
        if (offer.rows(best.grade()).isEmpty()) {
            throw Problem.invalid("grade", "Unknown").asException();
        }
        return BestSeats.choose(offer, best.grade(), best.quantity(), best.accessible(), notFree)
                .map(ids -> offers(offer, ids))
                .orElseThrow(() -> Problem.of(ReservationsProblem.NO_SEATS_TOGETHER)
                        .with("grade", best.grade())
                        .with("quantity", best.quantity())
                        .asException());
    }

    private List<SeatOffer> standing(PerformanceOffer offer, HoldRequest.Choice.Standing wish, Set<String> notFree) {
        limit(wish.quantity(), settings.maxPlaces(), "quantity");
        AreaOffer area = offer.area(wish.area())
                .orElseThrow(() -> Problem.invalid("area", "Unknown").asException());
        return StandingPlaces.choose(area.area(), wish.quantity(), notFree, ThreadLocalRandom.current())
                .map(ids -> offers(offer, ids))
                .orElseThrow(() -> Problem.of(ReservationsProblem.AREA_FULL)
                        .with("area", area.area().name())
                        .with("quantity", wish.quantity())
                        .asException());
    }

    private static void limit(int wanted, int most, String field) {
        if (wanted < 1) {
            throw Problem.invalid(field, "Positive").asException();
        }
        if (wanted > most) {
            throw Problem.of(CommonProblem.VALIDATION_FAILED)
                    .errors(List.of(new FieldProblem(field, "Max", Map.of("value", most))))
                    .asException();
        }
    }

    private static List<SeatOffer> offers(PerformanceOffer offer, List<String> ids) {
        return ids.stream().map(id -> offer.seat(id).orElseThrow()).toList();
    }

    static List<Claim> claims(List<SeatOffer> seats, long fence) {
        return seats.stream()
                .map(seat -> new Claim(seat.id(), fence, seat.seat().grade(), seat.amount()))
                .toList();
    }
}
