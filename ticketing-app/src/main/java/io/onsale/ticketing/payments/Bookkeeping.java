package io.onsale.ticketing.payments;

import io.onsale.platform.outbox.DomainEvent;
import io.onsale.platform.outbox.Outbox;
import io.onsale.ticketing.payments.model.Payment;
import io.onsale.ticketing.payments.postgres.Ledger;
import io.onsale.ticketing.payments.postgres.PaymentRows;
import java.time.Instant;
import java.util.Objects;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Writes a payment's move with everything that belongs to it: state, history, ledger, event. Inside a transaction. */
@Component
class Bookkeeping {

    private final PaymentRows rows;
    private final Ledger ledger;
    private final Outbox outbox;

    Bookkeeping(PaymentRows rows, Ledger ledger, Outbox outbox) {
        this.rows = rows;
        this.ledger = ledger;
        this.outbox = outbox;
    }

    Mono<Payment> settled(Payment before, Payment after, Instant now) {
        if (after.version() == before.version()) {
            return after.equals(before) ? Mono.just(after) : rows.update(after).thenReturn(after);
        }
        Mono<Void> books =
                after.money().captured() > before.money().captured() ? ledger.captured(after, now) : Mono.empty();
        return rows.update(after).then(books).then(announce(after)).thenReturn(after);
    }

    private Mono<Void> announce(Payment payment) {
        return switch (payment.state()) {
            case SUCCESS -> publish(payment, success(payment));
            case FAILED ->
                publish(
                        payment,
                        new PaymentFailed(
                                payment.id(),
                                payment.order().reservationId(),
                                payment.order().userId(),
                                Objects.requireNonNullElse(payment.reason(), "")));
            default -> Mono.empty();
        };
    }

    private static PaymentSuccess success(Payment payment) {
        return new PaymentSuccess(
                payment.id(),
                payment.order().reservationId(),
                payment.order().userId(),
                payment.order().provider(),
                payment.money().captured(),
                Objects.requireNonNull(payment.money().capturedAt()));
    }

    /** Money went back: the payment's new state, both sides of the books, the news. */
    Mono<Payment> refunded(Payment after, String refundId, long amount, long fee, Instant now) {
        return rows.update(after)
                .then(ledger.refunded(after, refundId, amount, now))
                .then(ledger.fee(after, refundId, fee, now))
                .then(announceRefund(after, refundId, amount))
                .thenReturn(after);
    }

    /** Money went back without our asking. */
    Mono<Payment> returned(Payment after, String refundId, long amount, Instant now) {
        PaymentReturned news = new PaymentReturned(
                after.id(),
                after.order().reservationId(),
                after.order().userId(),
                refundId,
                amount,
                after.state() == PaymentState.REFUNDED);
        return rows.update(after)
                .then(ledger.refunded(after, refundId, amount, now))
                .then(publish(after, news))
                .thenReturn(after);
    }

    /** What the house keeps, or gave beyond the price, of something that was returned. */
    Mono<Void> settledReturn(Payment payment, String refundId, long fee, Instant now) {
        return ledger.fee(payment, refundId, fee, now);
    }

    Mono<Void> announceRefund(Payment payment, String refundId, long amount) {
        return publish(
                payment,
                new PaymentRefunded(
                        payment.id(),
                        payment.order().reservationId(),
                        payment.order().userId(),
                        refundId,
                        amount,
                        payment.state() == PaymentState.REFUNDED));
    }

    /** A refund of which nothing goes back: a step of the payment like any other, so that its events keep their order. */
    Mono<Payment> feeOnly(Payment payment, String refundId, long fee, Instant now) {
        Payment after = payment.keptAsFee(now);
        return rows.update(after)
                .then(ledger.fee(after, refundId, fee, now))
                .then(announceRefund(after, refundId, 0))
                .thenReturn(after);
    }

    private Mono<Void> publish(Payment payment, Object event) {
        return outbox.append(DomainEvent.of(Payments.TOPIC, payment.order().reservationId(), payment.version(), event));
    }
}
