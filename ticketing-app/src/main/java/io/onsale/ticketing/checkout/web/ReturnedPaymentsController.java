package io.onsale.ticketing.checkout.web;

import io.onsale.platform.tokens.Caller;
import io.onsale.platform.tokens.Role;
import io.onsale.platform.web.Detached;
import io.onsale.platform.web.RequireRole;
import io.onsale.ticketing.checkout.Returning;
import io.onsale.ticketing.checkout.postgres.ReturnRows;
import io.onsale.ticketing.reservations.Reservation;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Money that went back by hand at a provider's console, where a person has to say which tickets it was for. */
@RestController
@RequestMapping("/api/v1/admin/returned-payments")
@RequireRole(Role.ADMIN)
class ReturnedPaymentsController {

    private static final Logger log = LoggerFactory.getLogger(ReturnedPaymentsController.class);

    /** @param ticketIds what the money went back for; empty: the buyer keeps all tickets */
    @Schema(example = """
                {"ticketIds": ["01980000-0000-7000-8000-000000000009"], "note": "a seat behind a pillar"}
                """)
    record Decision(
            @NotNull @Size(max = 10) Set<@NotBlank @Size(max = 64) String> ticketIds,
            @Nullable @Size(max = 500) String note) {}

    record Decided(String reservationId, Reservation.Status status) {}

    record ReturnedList(List<ReturnRows.Returned> items) {}

    private final Returning returning;
    private final Detached detached;

    ReturnedPaymentsController(Returning returning, Detached detached) {
        this.returning = returning;
        this.detached = detached;
    }

    /** Those that wait for a decision, the oldest first. */
    @GetMapping
    Mono<ReturnedList> list(@RequestParam(defaultValue = "100") @Min(1) @Max(1000) int limit) {
        return returning.questions(limit).collectList().map(ReturnedList::new);
    }

    /** Once: a second decision finds nothing to decide. */
    @PostMapping("/{refundId}/decision")
    Mono<Decided> decide(@PathVariable String refundId, @Valid @RequestBody Decision decision, Caller caller) {
        log.info("{} decides that {} was for the tickets {}", caller.userId(), refundId, decision.ticketIds());
        return detached.run(returning.decide(refundId, decision.ticketIds(), caller.userId(), decision.note()))
                .map(reservation -> new Decided(reservation.id(), reservation.status()));
    }
}
