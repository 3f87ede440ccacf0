package io.onsale.ticketing.payments;

import io.onsale.platform.problem.Problem;
import io.onsale.platform.web.Detached;
import io.onsale.ticketing.payments.Payments.RefundOrder;
import io.onsale.ticketing.payments.model.Payment;
import io.onsale.ticketing.payments.model.Truth;
import io.onsale.ticketing.payments.postgres.PaymentRows;
import io.onsale.ticketing.payments.provider.PaymentProvider;
import io.onsale.ticketing.payments.provider.ProviderUnavailableException;
import java.time.Clock;
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
    private static final int CALLS_AT_ONCE = 8;

    private final PaymentRows rows;
    private final Providers providers;
    private final Bookkeeping books;
    private final RefundDesk refunds;
    private final Detached detached;
    private final TransactionalOperator transaction;
    private final Clock clock;

    Settlement(
            PaymentRows rows,
            Providers providers,
            Bookkeeping books,
            RefundDesk refunds,
            Detached detached,
            TransactionalOperator transaction,
            Clock clock) {
        this.rows = rows;
        this.providers = providers;
        this.books = books;
        this.refunds = refunds;
        this.detached = detached;
        this.transaction = transaction;
        this.clock = clock;
    }

    /**
     * The buyer came back from the checkout. Finishes also when the buyer does not wait for it. {@code PAYMENT_NOT_FOUND} for a
     * payment of somebody else.
     */
    public Mono<Payment> confirm(String paymentId, String userId, Map<String, String> reference) {
        Mono<Payment> work = beginConfirming(paymentId, userId)
                .flatMap(payment -> payment.state().isOpen()
                        ? ask(payment, provider -> provider.confirm(payment, reference))
                        : Mono.just(payment));
        return detached.run(work).checkpoint("confirm payment");
    }

    /** Asks the provider what became of a payment. Tells whether it answered; true as well when there was nothing to ask. */
    public Mono<Boolean> checkNow(String paymentId) {
        return rows.find(paymentId)
                .filter(payment -> !payment.isSettled())
                .flatMap(payment -> providers
                        .get(payment.order().provider())
                        .lookup(payment)
                        .flatMap(truth -> apply(paymentId, truth).thenReturn(!(truth instanceof Truth.Unclear)))
                        .onErrorReturn(ProviderUnavailableException.class, false))
                .defaultIfEmpty(true)
                .checkpoint("check payment");
    }

    /** Settles what is due: unanswered, never confirmed, or failed not long ago. */
    Mono<Void> checkDue() {
        return rows.takeDue(clock.instant(), DUE_AT_ONCE)
                .collectList()
                .flatMapIterable(due -> due)
                .flatMap(payment -> ask(payment, provider -> provider.lookup(payment)), CALLS_AT_ONCE)
                .then();
    }

    private Mono<Payment> beginConfirming(String paymentId, String userId) {
        return rows.lock(paymentId)
                .filter(payment -> payment.order().userId().equals(userId))
                .switchIfEmpty(Mono.error(
                        () -> Problem.of(PaymentsProblem.PAYMENT_NOT_FOUND).asException()))
                .flatMap(payment -> {
                    Instant now = clock.instant();
                    return books.settled(payment, payment.confirming(now), now);
                })
                .as(transaction::transactional);
    }

    private Mono<Payment> ask(Payment payment, Function<PaymentProvider, Mono<Truth>> question) {
        return Mono.defer(() -> question.apply(providers.get(payment.order().provider())))
                .onErrorResume(ProviderUnavailableException.class, away -> {
                    log.warn("Payment {} stays unclear: {}", payment.id(), away.toString());
                    return Mono.just(new Truth.Unclear(String.valueOf(away.getMessage())));
                })
                .flatMap(truth -> apply(payment.id(), truth));
    }

    private Mono<Payment> apply(String paymentId, Truth truth) {
        return rows.lock(paymentId)
                .flatMap(payment -> {
                    Instant now = clock.instant();
                    return books.settled(payment, payment.settle(truth, now), now);
                })
                .flatMap(this::giveBackWhatIsWrong)
                .as(transaction::transactional);
    }

    private Mono<Payment> giveBackWhatIsWrong(Payment payment) {
        long left = payment.money().left();
        if (payment.wentBackAtProvider()) {
            Instant now = clock.instant();
            return books.refunded(payment.refunded(left, now), "provider-" + payment.id(), left, 0, now);
        }
        if (!payment.mustGoBack()) {
            return Mono.just(payment);
        }
        String why = String.valueOf(payment.reason());
        log.warn("Payment {} was taken wrongly ({}) and goes back", payment.id(), why);
        return refunds.request(new RefundOrder(payment.id(), why, left, 0, why)).thenReturn(payment);
    }
}
