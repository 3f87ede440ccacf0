package io.onsale.ticketing.checkout;

import io.onsale.platform.outbox.EventConsumer;
import io.onsale.ticketing.payments.PaymentFailed;
import io.onsale.ticketing.payments.PaymentRefunded;
import io.onsale.ticketing.payments.PaymentReturned;
import io.onsale.ticketing.payments.PaymentSuccess;
import io.onsale.ticketing.payments.Payments;
import io.onsale.ticketing.payments.Payments.RefundOrder;
import io.onsale.ticketing.reservations.Reservations;
import io.onsale.ticketing.reservations.Reservations.Confirmation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Mono;

/**
 * Hold, pay, confirm, issue, told from top to bottom:
 *
 * <pre>
 * PaymentSuccess        the pivot. The reservation is confirmed, from an ended hold as well if its seats can be taken again.
 *                       If not, or if another payment was first: the money goes back in full.
 * ReservationConfirmed  one ticket per seat is issued.
 * PaymentFailed         the buyer may try again until the hold ends; then its seats are free by themselves.
 * PaymentRefunded       the cancellation that asked for it is complete: its seats are free.
 * PaymentReturned       the money went back by hand at the provider: the seats follow it, or a person is asked.
 * </pre>
 *
 * Each step runs once, in one transaction with the inbox; before the pivot there is nothing to undo but time, after it the
 * story only goes forward.
 */
@Configuration(proxyBeanMethods = false)
class CheckoutSaga {

    private static final Logger log = LoggerFactory.getLogger(CheckoutSaga.class);

    private final Reservations reservations;
    private final Payments payments;
    private final Issuing issuing;
    private final Cancelling cancelling;
    private final Returning returning;

    CheckoutSaga(
            Reservations reservations, Payments payments, Issuing issuing, Cancelling cancelling, Returning returning) {
        this.reservations = reservations;
        this.payments = payments;
        this.issuing = issuing;
        this.cancelling = cancelling;
        this.returning = returning;
    }

    @Bean
    EventConsumer checkoutOfPayments() {
        return EventConsumer.named("checkout.payments")
                .from(Payments.TOPIC)
                .on(PaymentSuccess.class, this::paid)
                .on(PaymentFailed.class, this::declined)
                .on(PaymentRefunded.class, cancelling::refunded)
                .on(PaymentReturned.class, returning::noticed);
    }

    @Bean
    EventConsumer checkoutOfReservations() {
        return EventConsumer.named("checkout.reservations")
                .from("reservation.events")
                .on(ReservationConfirmed.class, issuing::confirmed);
    }

    private Mono<Void> paid(PaymentSuccess payment) {
        return reservations
                .confirm(payment.reservationId(), payment.paymentId())
                .flatMap(confirmation -> confirmation instanceof Confirmation.Ended
                        ? reservations.retake(payment.reservationId(), payment.paymentId())
                        : Mono.just(confirmation))
                .flatMap(confirmation -> conclude(payment, confirmation));
    }

    private Mono<Void> conclude(PaymentSuccess payment, Confirmation confirmation) {
        if (confirmation instanceof Confirmation.Confirmed) {
            return Mono.empty();
        }
        String reason = confirmation instanceof Confirmation.PaidOtherwise ? "PAID_TWICE" : "SEATS_GONE";
        log.warn(
                "Payment {} of reservation {} goes back: {}",
                payment.paymentId(),
                payment.reservationId(),
                confirmation);
        return payments.find(payment.paymentId())
                .map(known -> known.captured() - known.refunded())
                .filter(left -> left > 0 || payment.amount() == 0)
                .flatMap(left -> payments.refund(new RefundOrder(payment.paymentId(), reason, left, 0, reason)))
                .then();
    }

    /** Unless the buyer is paying by other means already. */
    private Mono<Void> declined(PaymentFailed payment) {
        return payments.ofReservation(payment.reservationId())
                .any(other -> other.status().isOpen())
                .filter(paying -> !paying)
                .flatMap(over -> reservations.paymentDeclined(payment.reservationId()));
    }

    /** What this reader needs of the reservation's news. */
    record ReservationConfirmed(String reservationId) {}
}
