package io.onsale.ticketing.payments;

import io.onsale.platform.Ids;
import io.onsale.ticketing.payments.model.Payment;
import io.onsale.ticketing.payments.model.Truth;
import io.onsale.ticketing.payments.postgres.PaymentRows;
import io.onsale.ticketing.payments.postgres.PaymentSchedule;
import io.onsale.ticketing.payments.postgres.RefundRows;
import io.onsale.ticketing.payments.postgres.ReturnedRows;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/**
 * Notices money that went back without our asking: by hand, at the provider's console. The totals tell, since they are what every
 * provider answers: what it gave back beyond what we have in our books and what we have asked of it.
 */
@Service
class ReturnDesk {

    private static final Logger log = LoggerFactory.getLogger(ReturnDesk.class);
    private static final Duration SOON = Duration.ofSeconds(30);

    private final PaymentRows payments;
    private final PaymentSchedule schedule;
    private final RefundRows refunds;
    private final ReturnedRows returned;
    private final RefundDesk desk;
    private final Bookkeeping books;
    private final Clock clock;

    ReturnDesk(
            PaymentRows payments,
            PaymentSchedule schedule,
            RefundRows refunds,
            ReturnedRows returned,
            RefundDesk desk,
            Bookkeeping books,
            Clock clock) {
        this.payments = payments;
        this.schedule = schedule;
        this.refunds = refunds;
        this.returned = returned;
        this.desk = desk;
        this.books = books;
        this.clock = clock;
    }

    /**
     * In the caller's transaction and under its lock on the payment.
     *
     * @param asked the payment as it was when the provider was asked
     */
    Mono<Payment> notice(Payment asked, Payment payment, Truth.Captured taken) {
        long unexplained = taken.cancelled() - payment.money().refunded();
        if (unexplained <= 0 || payment.money().captured() == 0) {
            return Mono.just(payment);
        }
        if (asked.money().refunded() != payment.money().refunded()) {
            return lookAgain(payment); // the answer is older than our books
        }
        return refunds.open(payment.id()).flatMap(open -> {
            if (open.promised() == 0) {
                return book(payment, unexplained);
            }
            // A refund of ours that is on its way may be part of it; what has been decided tells.
            return unexplained > open.promised() ? lookAgain(payment) : Mono.just(payment);
        });
    }

    private Mono<Payment> lookAgain(Payment payment) {
        return schedule.checkAt(payment.id(), clock.instant().plus(SOON)).thenReturn(payment);
    }

    /** A refund that the provider had refused us is what the person did by hand, as far as the money goes. */
    private Mono<Payment> book(Payment payment, long amount) {
        Instant now = clock.instant();
        return returned.finishRefused(payment.id(), amount, now)
                .flatMap(done -> books.refunded(
                                payment.refunded(done.amount(), now), done.id(), done.amount(), done.fee(), now)
                        .flatMap(after ->
                                amount > done.amount() ? book(after, amount - done.amount()) : Mono.just(after)))
                .switchIfEmpty(Mono.defer(() -> record(payment.refunded(amount, now), amount, now)));
    }

    /** What the provider has refused us waits until it is known what this was for; not if nothing is left that it could give. */
    private Mono<Payment> record(Payment after, long amount, Instant now) {
        String id = Ids.next();
        log.warn(
                "{} won of payment {} went back at {}",
                amount,
                after.id(),
                after.order().provider());
        return returned.insertReturned(id, after, amount, now)
                .then(books.returned(after, id, amount, now))
                .flatMap(written -> written.money().left() == 0 ? desk.retryRefused(written) : Mono.just(written));
    }

    /**
     * What came back belongs to seats of that worth; the rest of their price stays with the house, or the house gave more. When that is
     * known of all that came back, what the provider had refused is asked for again.
     */
    Mono<Void> settle(String refundId, long worth) {
        return payments.lockOfRefund(refundId)
                .flatMap(payment -> returned.settleReturned(refundId, worth)
                        .flatMap(done -> books.settledReturn(payment, refundId, done.fee(), clock.instant()))
                        .then(Mono.defer(() -> refunds.open(payment.id())))
                        .filter(open -> open.undecided() == 0)
                        .flatMap(open -> desk.retryRefused(payment)))
                .then();
    }

    /** It was a part of what a refused refund was to give: that one is asked for with the rest. */
    Mono<Boolean> settleAsPartOf(String refundId, String refusedId) {
        return payments.lockOfRefund(refundId)
                .flatMap(payment -> returned.lessen(refusedId, refundId))
                .filter(lessened -> lessened)
                .flatMap(lessened -> settle(refundId, 0).thenReturn(true))
                .defaultIfEmpty(false);
    }
}
