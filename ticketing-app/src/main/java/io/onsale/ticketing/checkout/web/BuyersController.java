package io.onsale.ticketing.checkout.web;

import io.onsale.platform.problem.CommonProblem;
import io.onsale.platform.problem.Problem;
import io.onsale.platform.tokens.Caller;
import io.onsale.platform.tokens.Role;
import io.onsale.platform.web.Page;
import io.onsale.platform.web.RequireRole;
import io.onsale.ticketing.accounts.People;
import io.onsale.ticketing.accounts.People.Person;
import io.onsale.ticketing.catalog.Offers;
import io.onsale.ticketing.catalog.PerformanceOffer;
import io.onsale.ticketing.reservations.Buyer;
import io.onsale.ticketing.reservations.Reservations;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** A seller sees who bought, of the seller's own events only (REQ-AUTH). */
@RestController
@RequireRole({Role.SELLER, Role.ADMIN})
@RequestMapping("/api/v1/events/{eventId}/buyers")
class BuyersController {

    /** Name and contact are missing when the buyer has left since. */
    record BuyerAnswer(
            String userId,
            @Nullable String name,
            @Nullable String email,
            @Nullable String phone,
            long reservations,
            long seats,
            long amount,
            Instant since) {

        static BuyerAnswer of(Buyer buyer, @Nullable Person person) {
            return new BuyerAnswer(
                    buyer.userId(),
                    person == null ? null : person.name(),
                    person == null ? null : person.email(),
                    person == null ? null : person.phone(),
                    buyer.reservations(),
                    buyer.seats(),
                    buyer.amount(),
                    buyer.since());
        }
    }

    private final Offers offers;
    private final Reservations reservations;
    private final People people;

    BuyersController(Offers offers, Reservations reservations, People people) {
        this.offers = offers;
        this.reservations = reservations;
        this.people = people;
    }

    @GetMapping
    Mono<Page<BuyerAnswer>> list(
            @PathVariable String eventId,
            @RequestParam(defaultValue = "0") @Min(0) @Max(Page.MAX_PAGE) int page,
            @RequestParam(defaultValue = Page.DEFAULT_SIZE) @Min(1) @Max(Page.MAX_SIZE) int size,
            Caller caller) {
        return offers.offersOf(eventId)
                .filter(found -> isOwn(found, caller))
                .switchIfEmpty(
                        Mono.error(() -> Problem.of(CommonProblem.NOT_FOUND).asException()))
                .flatMap(
                        own -> reservations.buyersOf(eventId, page * size, size).collectList())
                .flatMap(this::withPeople)
                .zipWith(Mono.defer(() -> reservations.countBuyersOf(eventId)))
                .map(found -> new Page<>(found.getT1(), page, size, found.getT2()));
    }

    private static boolean isOwn(List<PerformanceOffer> offers, Caller caller) {
        return !offers.isEmpty()
                && (caller.role() == Role.ADMIN || offers.get(0).sellerId().equals(caller.userId()));
    }

    private Mono<List<BuyerAnswer>> withPeople(List<Buyer> buyers) {
        return people.find(buyers.stream().map(Buyer::userId).toList())
                .collectMap(Person::userId)
                .map(known -> answers(buyers, known));
    }

    private static List<BuyerAnswer> answers(List<Buyer> buyers, Map<String, Person> known) {
        return buyers.stream()
                .map(buyer -> BuyerAnswer.of(buyer, known.get(buyer.userId())))
                .toList();
    }
}
