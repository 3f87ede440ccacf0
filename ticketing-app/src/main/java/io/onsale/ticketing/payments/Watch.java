package io.onsale.ticketing.payments;

import io.onsale.ticketing.payments.model.Payment;
import io.onsale.ticketing.payments.model.Truth;
import io.onsale.ticketing.payments.postgres.PaymentRows;
import io.onsale.ticketing.payments.postgres.PaymentSchedule;
import io.onsale.ticketing.payments.provider.ProviderUnavailableException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;

/**
 * Looks now and then at money that was taken: somebody may give it back at the provider's console, and not every provider tells that.
 * None of it is urgent: it has calls of its own, and moves nothing that is.
 */
@Service
class Watch {

    private static final Logger log = LoggerFactory.getLogger(Watch.class);
    private static final int CALLS_AT_ONCE = 4;
    private static final Duration LATER = Duration.ofMinutes(10);

    private final PaymentRows rows;
    private final PaymentSchedule schedule;
    private final Providers providers;
    private final ReturnDesk returns;
    private final TransactionalOperator transaction;
    private final Clock clock;

    Watch(
            PaymentRows rows,
            PaymentSchedule schedule,
            Providers providers,
            ReturnDesk returns,
            TransactionalOperator transaction,
            Clock clock) {
        this.rows = rows;
        this.schedule = schedule;
        this.providers = providers;
        this.returns = returns;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** Looks at what is due, so many at most. */
    Mono<Void> look(int limit) {
        return schedule.takeWatched(clock.instant(), limit)
                .collectList()
                .flatMapIterable(due -> due)
                .flatMapDelayError(this::look, CALLS_AT_ONCE, CALLS_AT_ONCE)
                .then();
    }

    private Mono<Void> look(Payment payment) {
        return Mono.defer(() -> providers.get(payment.order().provider()).look(payment))
                .onErrorResume(
                        ProviderUnavailableException.class,
                        away -> Mono.just(new Truth.Unclear(String.valueOf(away.getMessage()))))
                .flatMap(
                        truth -> truth instanceof Truth.Captured taken ? notice(payment, taken) : later(payment, truth))
                .checkpoint("look at payment");
    }

    private Mono<Void> notice(Payment asked, Truth.Captured taken) {
        return rows.lock(asked.id())
                .flatMap(payment -> returns.notice(asked, payment, taken))
                .then()
                .as(transaction::transactional);
    }

    /** In ten to twenty minutes, not all at the same one. */
    private Mono<Void> later(Payment payment, Truth truth) {
        log.info("Payment {} is looked at later: {}", payment.id(), truth);
        Duration jitter =
                LATER.multipliedBy(ThreadLocalRandom.current().nextInt(100)).dividedBy(100);
        return schedule.lookAt(payment.id(), clock.instant().plus(LATER).plus(jitter));
    }
}
