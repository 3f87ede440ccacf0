package io.onsale.ticketing.payments;

import io.onsale.platform.Ids;
import io.onsale.platform.problem.Problem;
import io.onsale.ticketing.payments.Payments.Balance;
import io.onsale.ticketing.payments.Payments.RefundOrder;
import io.onsale.ticketing.payments.model.Payment;
import io.onsale.ticketing.payments.postgres.PaymentRows;
import io.onsale.ticketing.payments.postgres.PaymentSchedule;
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
public class RefundDesk {

    private static final Logger log = LoggerFactory.getLogger(RefundDesk.class);
    private static final int CALLS_AT_ONCE = 8;
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

    private final PaymentRows payments;
    private final PaymentSchedule schedule;
    private final RefundRows refunds;
    private final Providers providers;
    private final Bookkeeping books;
    private final TransactionalOperator transaction;
    private final Clock clock;

    RefundDesk(
            PaymentRows payments,
            PaymentSchedule schedule,
            RefundRows refunds,
            Providers providers,
            Bookkeeping books,
            TransactionalOperator transaction,
            Clock clock) {
        this.payments = payments;
        this.schedule = schedule;
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
        return refunds.open(payment.id())
                .filter(open -> order.amount() <= payment.money().left() - open.promised())
                .switchIfEmpty(Mono.error(
                        () -> Problem.of(PaymentsProblem.REFUND_EXCEEDS_PAYMENT).asException()))
                .flatMap(open -> insert(payment, id, order))
                .thenReturn(id);
    }

    private Mono<Payment> insert(Payment payment, String id, RefundOrder order) {
        return refunds.insert(id, order, clock.instant())
                .then(order.amount() > 0 ? Mono.just(payment) : finishEmpty(payment, id, order.fee()));
    }

    /** Where nothing goes back (it was free, the fee takes all, or nothing is left), the refund is done with the promise. */
    private Mono<Payment> finishEmpty(Payment payment, String id, long fee) {
        Instant now = clock.instant();
        return refunds.finish(id, "", now).then(books.feeOnly(payment, id, fee, now));
    }

    /** In the caller's transaction, the payment locked until its end. */
    Mono<Balance> balance(String paymentId) {
        return payments.lock(paymentId)
                .flatMap(payment -> refunds.open(paymentId)
                        .map(open -> new Balance(payment.money().left() - open.promised(), open.undecided())));
    }

    /**
     * Has the provider asked once more for a refund that it has refused. Fails with a problem when it has not, or while nobody has said
     * what money that went back by hand was for: it may have been a part of this.
     */
    public Mono<Void> retry(String refundId) {
        return payments.lockOfRefund(refundId)
                .flatMap(payment -> refunds.open(payment.id())
                        .filter(open -> open.undecided() == 0)
                        .switchIfEmpty(Mono.error(() ->
                                Problem.of(PaymentsProblem.RETURN_UNDECIDED).asException()))
                        .flatMap(open -> revive(payment, refundId)))
                .switchIfEmpty(Mono.error(
                        () -> Problem.of(PaymentsProblem.REFUND_NOT_FOUND).asException()))
                .then()
                .as(transaction::transactional);
    }

    /** The same for all of a payment's, in the caller's transaction and under its lock on the payment. */
    Mono<Payment> retryRefused(Payment payment) {
        return refunds.anyRefused(payment.id())
                .flatMap(refundId -> revive(payment, refundId))
                .flatMap(this::retryRefused)
                .defaultIfEmpty(payment);
    }

    /** No more is asked for than is left. */
    private Mono<Payment> revive(Payment payment, String refundId) {
        return refunds.open(payment.id())
                .flatMap(open -> refunds.revive(refundId, payment.money().left() - open.promised(), clock.instant()))
                .flatMap(revived ->
                        revived.amount() > 0 ? Mono.just(payment) : finishEmpty(payment, refundId, revived.fee()));
    }

    /** Carries out what is due, so many at most. One that cannot be done leaves the others alone. */
    Mono<Void> carryOut(int limit) {
        return refunds.takeDue(clock.instant(), limit)
                .collectList()
                .flatMapIterable(due -> due)
                .flatMapDelayError(this::carryOut, CALLS_AT_ONCE, CALLS_AT_ONCE)
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
        return payments.lock(due.paymentId())
                .then(refunds.fail(due.id(), why, now))
                .then(schedule.checkAt(due.paymentId(), now))
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
