package io.onsale.ticketing.payments;

import io.onsale.platform.problem.Problem;
import io.onsale.platform.problem.ProblemException;
import io.onsale.platform.web.Detached;
import io.onsale.ticketing.payments.Payments.RefundOrder;
import io.onsale.ticketing.payments.model.Payment;
import io.onsale.ticketing.payments.model.Truth;
import io.onsale.ticketing.payments.postgres.PaymentRows;
import io.onsale.ticketing.payments.postgres.PaymentSchedule;
import io.onsale.ticketing.payments.provider.PaymentProvider;
import io.onsale.ticketing.payments.provider.ProviderUnavailableException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;

/**
 * The one way from what a provider says to what a payment is: the buyer's confirmation, a webhook and the reconciler all end
 * here. Nobody's word counts but the provider's, asked by us.
 */
@Service
public class Settlement {

    private static final Logger log = LoggerFactory.getLogger(Settlement.class);
    private static final int DUE_AT_ONCE = 50;
    private static final Duration BUYER_RETURNS = Duration.ofSeconds(1);

    private final PaymentRows rows;
    private final PaymentSchedule schedule;
    private final Providers providers;
    private final Bookkeeping books;
    private final RefundDesk refunds;
    private final ReturnDesk returns;
    private final Detached detached;
    private final TransactionalOperator transaction;
    private final Clock clock;

    Settlement(
            PaymentRows rows,
            PaymentSchedule schedule,
            Providers providers,
            Bookkeeping books,
            RefundDesk refunds,
            ReturnDesk returns,
            Detached detached,
            TransactionalOperator transaction,
            Clock clock) {
        this.rows = rows;
        this.schedule = schedule;
        this.providers = providers;
        this.books = books;
        this.refunds = refunds;
        this.returns = returns;
        this.detached = detached;
        this.transaction = transaction;
        this.clock = clock;
    }

    /**
     * The buyer came back from the checkout. Finishes also when the buyer does not wait for it. {@code PAYMENT_NOT_FOUND} for a
     * payment of somebody else.
     */
    public Mono<Payment> confirm(String paymentId, String userId, Map<String, String> reference) {
        Mono<Payment> work = beginConfirming(paymentId, userId, reference)
                .flatMap(payment -> payment.state().isOpen()
                        ? ask(payment, provider -> provider.confirm(payment, reference))
                        : Mono.just(payment));
        return detached.run(work).checkpoint("confirm payment");
    }

    /**
     * The provider says that a payment moved: it is asked in a moment, if the buyer has not come back by then. Two who ask at once
     * would only wait for each other. Nothing to do where the money was taken already.
     */
    public Mono<Void> checkSoon(String paymentId) {
        return schedule.checkUnpaidAt(paymentId, clock.instant().plus(BUYER_RETURNS))
                .checkpoint("check payment soon");
    }

    /** The provider says that money went back: it is asked at once, also about what was settled long ago. Tells whether it answered. */
    public Mono<Boolean> checkReturned(String paymentId) {
        return rows.find(paymentId)
                .filter(payment -> payment.state() != PaymentState.REFUNDED)
                .flatMap(payment -> providers
                        .get(payment.order().provider())
                        .lookup(payment)
                        .flatMap(truth -> apply(payment, truth).thenReturn(!(truth instanceof Truth.Unclear)))
                        .onErrorReturn(ProviderUnavailableException.class, false))
                .defaultIfEmpty(true)
                .checkpoint("check payment");
    }

    /** Settles what is due: unanswered, told by the provider, never confirmed, failed not long ago, or with a reason to ask once more. */
    Mono<Void> checkDue() {
        return schedule.takeDue(clock.instant(), DUE_AT_ONCE)
                .collectList()
                .flatMapIterable(due -> due)
                .flatMapDelayError(this::askAgain, DUE_AT_ONCE, DUE_AT_ONCE)
                .then();
    }

    /** Where the provider waits for us to take the money, our request for it may be what got lost. */
    private Mono<Payment> askAgain(Payment payment) {
        return ask(
                payment,
                provider -> payment.isConfirmed()
                        ? provider.confirm(payment, payment.atProvider().brought())
                                .onErrorResume(ProblemException.class, wrong -> provider.lookup(payment))
                        : provider.lookup(payment));
    }

    private Mono<Payment> beginConfirming(String paymentId, String userId, Map<String, String> reference) {
        return rows.lock(paymentId)
                .filter(payment -> payment.order().userId().equals(userId))
                .switchIfEmpty(Mono.error(
                        () -> Problem.of(PaymentsProblem.PAYMENT_NOT_FOUND).asException()))
                .flatMap(payment -> {
                    Instant now = clock.instant();
                    return books.settled(payment, payment.confirming(reference, now), now);
                })
                .as(transaction::transactional);
    }

    private Mono<Payment> ask(Payment payment, Function<PaymentProvider, Mono<Truth>> question) {
        return Mono.defer(() -> question.apply(providers.get(payment.order().provider())))
                .onErrorResume(ProviderUnavailableException.class, away -> {
                    log.warn("Payment {} stays unclear: {}", payment.id(), away.toString());
                    return Mono.just(new Truth.Unclear(String.valueOf(away.getMessage())));
                })
                .flatMap(truth -> apply(payment, truth));
    }

    private Mono<Payment> apply(Payment asked, Truth truth) {
        return rows.lock(asked.id())
                .flatMap(payment -> {
                    Instant now = clock.instant();
                    Payment next = payment.isSettled()
                            ? payment.askedAgain(truth, asked.checks(), now)
                            : payment.settle(truth, asked.checks(), now);
                    return books.settled(payment, next, now);
                })
                .flatMap(payment -> truth instanceof Truth.Captured taken
                        ? returns.notice(asked, payment, taken)
                        : Mono.just(payment))
                .flatMap(this::giveBackWhatIsWrong)
                .as(transaction::transactional);
    }

    private Mono<Payment> giveBackWhatIsWrong(Payment payment) {
        if (!payment.mustGoBack()) {
            return Mono.just(payment);
        }
        String why = String.valueOf(payment.reason());
        log.warn("Payment {} was taken wrongly ({}) and goes back", payment.id(), why);
        return refunds.request(
                        new RefundOrder(payment.id(), why, payment.money().left(), 0, why))
                .thenReturn(payment);
    }
}
