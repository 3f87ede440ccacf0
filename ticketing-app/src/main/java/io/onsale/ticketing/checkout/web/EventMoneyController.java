package io.onsale.ticketing.checkout.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.onsale.platform.problem.CommonProblem;
import io.onsale.platform.problem.Problem;
import io.onsale.platform.tokens.Caller;
import io.onsale.platform.tokens.Role;
import io.onsale.platform.web.Open;
import io.onsale.platform.web.RequireRole;
import io.onsale.ticketing.catalog.Offers;
import io.onsale.ticketing.checkout.CheckoutProblem;
import io.onsale.ticketing.checkout.MassRefunds;
import io.onsale.ticketing.checkout.model.RefundPolicy;
import io.onsale.ticketing.checkout.postgres.RefundPolicies;
import jakarta.validation.Valid;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** The seller's side: what cancelling costs, and how far a cancelled event's refunds are. */
@RestController
@RequestMapping("/api/v1/events/{id}")
class EventMoneyController {

    /** Version 0 is the standard; a booking keeps the version that was in force when it was made. */
    record PolicyAnswer(int version, RefundPolicy policy) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record CancellationAnswer(
            String eventId,
            Instant startedAt,
            @Nullable Instant finishedAt,
            long refundsRequested,
            long refundsDone,
            long amountRefunded) {}

    private final Offers offers;
    private final RefundPolicies policies;
    private final MassRefunds massRefunds;
    private final Clock clock;

    EventMoneyController(Offers offers, RefundPolicies policies, MassRefunds massRefunds, Clock clock) {
        this.offers = offers;
        this.policies = policies;
        this.massRefunds = massRefunds;
        this.clock = clock;
    }

    @Open
    @GetMapping("/refund-policy")
    Mono<PolicyAnswer> policy(@PathVariable String id) {
        return requireKnown(id)
                .then(Mono.defer(() -> policies.inForce(id, clock.instant())))
                .map(found -> new PolicyAnswer(found.version(), found.policy()));
    }

    @PutMapping("/refund-policy")
    @RequireRole({Role.SELLER, Role.ADMIN})
    Mono<PolicyAnswer> setPolicy(@PathVariable String id, @Valid @RequestBody RefundPolicy policy, Caller caller) {
        return requireOwn(id, caller)
                .then(Mono.defer(() -> policies.add(id, policy, caller.userId(), clock.instant())))
                .onErrorMap(
                        DuplicateKeyException.class,
                        twoAtOnce -> Problem.of(CommonProblem.CONFLICT).asException())
                .map(version -> new PolicyAnswer(version, policy));
    }

    @GetMapping("/cancellation")
    @RequireRole({Role.SELLER, Role.ADMIN})
    Mono<CancellationAnswer> cancellation(@PathVariable String id, Caller caller) {
        return requireOwn(id, caller)
                .then(Mono.defer(() -> massRefunds.state(id)))
                .map(EventMoneyController::answer)
                .switchIfEmpty(Mono.error(
                        () -> Problem.of(CheckoutProblem.NOT_CANCELLED).asException()));
    }

    private static CancellationAnswer answer(MassRefunds.State state) {
        return new CancellationAnswer(
                state.massRefund().eventId(),
                state.massRefund().startedAt(),
                state.massRefund().finishedAt(),
                state.progress().requested(),
                state.progress().refunded(),
                state.progress().amountRefunded());
    }

    private Mono<Void> requireKnown(String eventId) {
        return offers.offersOf(eventId)
                .filter(found -> !found.isEmpty())
                .switchIfEmpty(Mono.error(
                        () -> Problem.of(CheckoutProblem.EVENT_NOT_FOUND).asException()))
                .then();
    }

    private Mono<Void> requireOwn(String eventId, Caller caller) {
        return offers.offersOf(eventId)
                .filter(found -> !found.isEmpty()
                        && (caller.role() == Role.ADMIN
                                || found.get(0).sellerId().equals(caller.userId())))
                .switchIfEmpty(Mono.error(
                        () -> Problem.of(CheckoutProblem.EVENT_NOT_FOUND).asException()))
                .then();
    }
}
