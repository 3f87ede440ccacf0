package io.onsale.ticketing.checkout.web;

import io.onsale.platform.outbox.ParkedMessages;
import io.onsale.platform.problem.CommonProblem;
import io.onsale.platform.problem.Problem;
import io.onsale.platform.tokens.Caller;
import io.onsale.platform.tokens.Role;
import io.onsale.platform.web.RequireRole;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Messages that could not be handled, for the operator: see them, have them tried again in order, or give one up. */
@RestController
@RequestMapping("/api/v1/admin/parked-messages")
@RequireRole(Role.ADMIN)
class ParkedController {

    private static final Logger log = LoggerFactory.getLogger(ParkedController.class);

    record ParkedList(List<ParkedMessages.Parked> items) {}

    record Replayed(long applied) {}

    private final ParkedMessages parked;

    ParkedController(ParkedMessages parked) {
        this.parked = parked;
    }

    /** The oldest first. */
    @GetMapping
    Mono<ParkedList> list(@RequestParam(defaultValue = "100") @Min(1) @Max(1000) int limit) {
        return parked.list(limit).collectList().map(ParkedList::new);
    }

    @PostMapping("/replay")
    Mono<Replayed> replay(Caller caller) {
        log.info("{} replays the parked messages", caller.userId());
        return parked.replayAll().map(Replayed::new);
    }

    /** It counts as applied, without effect. */
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> discard(@PathVariable long id, Caller caller) {
        log.warn("{} gives up the parked message {}", caller.userId(), id);
        return parked.discard(id)
                .filter(Boolean::booleanValue)
                .switchIfEmpty(
                        Mono.error(() -> Problem.of(CommonProblem.NOT_FOUND).asException()))
                .then();
    }
}
