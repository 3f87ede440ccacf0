package io.onsale.ticketing.reservations.hold;

import io.onsale.platform.problem.CommonProblem;
import io.onsale.platform.problem.Problem;
import io.onsale.ticketing.reservations.postgres.Bookings;
import org.springframework.stereotype.Component;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;

/** The buyer lets a hold go: PostgreSQL first, then Redis. */
@Component
public class ReleaseHold {
    private final Bookings bookings;
    private final Steps steps;
    private final TransactionalOperator transaction;

    ReleaseHold(Bookings bookings, Steps steps, TransactionalOperator transaction) {
        this.bookings = bookings;
        this.steps = steps;
        this.transaction = transaction;
    }

    /** Repeating it changes nothing; somebody else's is not found. */
    public Mono<Void> release(String reservationId, String userId) {
        return bookings.lock(reservationId)
                .filter(read -> read.booking().userId().equals(userId))
                .switchIfEmpty(
                        Mono.error(() -> Problem.of(CommonProblem.NOT_FOUND).asException()))
                .flatMap(read -> steps.write(read, read.booking().release()))
                .map(Steps::allowed)
                .then()
                .as(transaction::transactional)
                .checkpoint("release hold");
    }
}
