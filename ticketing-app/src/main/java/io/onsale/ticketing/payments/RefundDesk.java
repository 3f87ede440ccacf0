package io.onsale.ticketing.payments;

import io.onsale.platform.Ids;
import io.onsale.platform.problem.Problem;
import io.onsale.ticketing.payments.Payments.RefundOrder;
import io.onsale.ticketing.payments.model.Payment;
import io.onsale.ticketing.payments.postgres.PaymentRows;
import io.onsale.ticketing.payments.postgres.RefundRows;
import io.onsale.ticketing.payments.postgres.RefundRows.Due;
import io.onsale.ticketing.payments.provider.PaymentProvider.Refund;
import io.onsale.ticketing.payments.provider.PaymentProvider.Refunded;
import io.onsale.ticketing.payments.provider.ProviderUnavailableException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;

/** Promises refunds inside a transaction, and carries them out afterwards until they have succeeded. */
@Service
class RefundDesk {

    private static final Logger log = LoggerFactory.getLogger(RefundDesk.class);
    private static final int CALLS_AT_ONCE = 8;
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

    private final PaymentRows payments;
    private final RefundRows refunds;
    private final Providers providers;
    private final Bookkeeping books;
    private final TransactionalOperator transaction;
    private final Clock clock;

    RefundDesk(
            PaymentRows payments,
            RefundRows refunds,
            Providers providers,
            Bookkeeping books,
            TransactionalOperator transaction,
            Clock clock) {
        this.payments = payments;
        this.refunds = refunds;
        this.providers = providers;
        this.books = books;
        this.transaction = transaction;
        this.clock = clock;
    }

    Mono<String> request(RefundOrder order) {
        return payments.lock(order.paymentId())
                .switchIfEmpty(Mono.error(
                        () -> Problem.of(PaymentsProblem.PAYMENT_NOT_FOUND).asException()))
                .flatMap(payment -> refunds.findByKey(payment.id(), order.requestKey())
                        .switchIfEmpty(Mono.defer(() -> promise(payment, order))))
                .checkpoint("request refund");
    }

    private Mono<String> promise(Payment payment, RefundOrder order) {
        String id = Ids.next();
        return refunds.promised(payment.id())
                .filter(promised -> order.amount() <= payment.money().left() - promised)
                .switchIfEmpty(Mono.error(
                        () -> Problem.of(PaymentsProblem.REFUND_EXCEEDS_PAYMENT).asException()))
                .flatMap(promised -> insert(payment, id, order))
                .thenReturn(id);
    }

    /** Where nothing goes back (it was free, or the fee takes all), the refund is done with the promise. */
    private Mono<Boolean> insert(Payment payment, String id, RefundOrder order) {
        Instant now = clock.instant();
        Mono<Boolean> inserted = refunds.insert(id, order, now).thenReturn(true);
        return order.amount() > 0
                ? inserted
                : inserted.then(refunds.finish(id, "", now))
                        .then(books.feeOnly(payment, id, order.fee(), now))
                        .thenReturn(true);
    }

    /** Carries out what is due, so many at most. */
    Mono<Void> carryOut(int limit) {
        return refunds.takeDue(clock.instant(), limit)
                .collectList()
                .flatMapIterable(due -> due)
                .flatMap(this::carryOut, CALLS_AT_ONCE)
                .then();
    }

    private Mono<Void> carryOut(Due due) {
        return payments.find(due.paymentId())
                .flatMap(payment -> providers
                        .get(payment.order().provider())
                        .refund(
                                payment,
                                new Refund(
                                        due.id(),
                                        due.refusals(),
                                        due.amount(),
                                        payment.money().left(),
                                        due.reason())))
                .onErrorResume(
                        ProviderUnavailableException.class,
                        away -> Mono.just(new Refunded.Later(String.valueOf(away.getMessage()))))
                .flatMap(outcome -> conclude(due, outcome))
                .checkpoint("carry out refund");
    }

    private Mono<Void> conclude(Due due, Refunded outcome) {
        if (outcome instanceof Refunded.Done done) {
            return finish(due, done.reference());
        }
        if (outcome instanceof Refunded.Later later) {
            log.warn("Refund {} will be tried again: {}", due.id(), later.why());
            return refunds.tryAgain(due.id(), later.why(), clock.instant().plus(pauseAfter(due.attempts())));
        }
        String why = ((Refunded.Refused) outcome).why();
        return refuse(due, why);
    }

    /** It may be that somebody gave the money back by hand before us: the provider is asked at once. */
    private Mono<Void> refuse(Due due, String why) {
        Instant now = clock.instant();
        log.error("Refund {} of payment {} is refused, a person has to look: {}", due.id(), due.paymentId(), why);
        return refunds.fail(due.id(), why, now)
                .then(payments.checkAt(due.paymentId(), now))
                .as(transaction::transactional);
    }

    private Mono<Void> finish(Due due, String reference) {
        Instant now = clock.instant();
        return payments.lock(due.paymentId())
                .filterWhen(payment -> refunds.finish(due.id(), reference, now))
                .flatMap(payment ->
                        books.refunded(payment.refunded(due.amount(), now), due.id(), due.amount(), due.fee(), now))
                .then()
                .as(transaction::transactional);
    }

    private static Duration pauseAfter(int attempts) {
        Duration pause = Duration.ofSeconds(1L << Math.min(attempts, 9));
        return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
    }
}
