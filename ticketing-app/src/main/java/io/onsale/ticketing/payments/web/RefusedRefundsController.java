package io.onsale.ticketing.payments.web;

import io.onsale.platform.tokens.Caller;
import io.onsale.platform.tokens.Role;
import io.onsale.platform.web.Detached;
import io.onsale.platform.web.RequireRole;
import io.onsale.ticketing.payments.RefundDesk;
import io.onsale.ticketing.payments.postgres.RefundRows;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Refunds that a provider will not do, for the operator: see them, and have them asked for once more. */
@RestController
@RequestMapping("/api/v1/admin/refused-refunds")
@RequireRole(Role.ADMIN)
class RefusedRefundsController {

    private static final Logger log = LoggerFactory.getLogger(RefusedRefundsController.class);

    record RefusedList(List<RefundRows.Refused> items) {}

    private final RefundRows refunds;
    private final RefundDesk desk;
    private final Detached detached;

    RefusedRefundsController(RefundRows refunds, RefundDesk desk, Detached detached) {
        this.refunds = refunds;
        this.desk = desk;
        this.detached = detached;
    }

    /** The oldest first. */
    @GetMapping
    Mono<RefusedList> list(@RequestParam(defaultValue = "100") @Min(1) @Max(1000) int limit) {
        return refunds.refused(limit).collectList().map(RefusedList::new);
    }

    /** What was given back by hand meanwhile is noticed by itself and needs no retry. */
    @PostMapping("/{id}/retry")
    @ResponseStatus(HttpStatus.ACCEPTED)
    Mono<Void> retry(@PathVariable String id, Caller caller) {
        log.info("{} has the refund {} tried again", caller.userId(), id);
        return detached.run(desk.retry(id));
    }
}
