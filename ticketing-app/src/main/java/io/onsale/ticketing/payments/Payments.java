package io.onsale.ticketing.payments;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What the checkout asks of the payments. */
public interface Payments {

    /** Topic of {@link PaymentSuccess}, {@link PaymentFailed}, {@link PaymentRefunded} and {@link PaymentReturned}; key is the reservation's id. */
    String TOPIC = "payment.events";

    /**
     * A wish to pay.
     *
     * @param amount whole won, from the server's own prices
     */
    record Order(
            String reservationId,
            String eventId,
            String userId,
            String orderName,
            long amount,
            Provider provider,
            @Nullable String method) {}

    /**
     * Money to give back.
     *
     * @param requestKey names what asked for it: the same key on the same payment is the same refund
     * @param amount what the buyer gets, whole won
     * @param fee what of the cancelled price the buyer does not get
     */
    record RefundOrder(String paymentId, String requestKey, long amount, long fee, String reason) {}

    /**
     * Opens a payment, in the caller's transaction and under its lock on the reservation. An open one of the same provider and
     * amount is the answer to asking again; an unbegun one of another provider is given up.
     *
     * @return fails with a problem when the reservation is paid, or an earlier payment is being checked
     */
    Mono<PaymentView> open(Order order);

    /** Tells the provider of the payment and answers how the buyer gets to it. Outside any transaction; may be repeated. */
    Mono<Checkout> register(String paymentId);

    /**
     * Asks for a refund in the caller's transaction; it is carried out, and repeated until it succeeds, after the commit.
     *
     * @return the refund's id; fails when less than that is left of the payment
     */
    Mono<String> refund(RefundOrder order);

    /**
     * In the caller's transaction: money that was {@linkplain PaymentReturned returned} is what went back for seats of that worth (0:
     * for none). What it was less than they cost is the house's fee, what it was more is the house's loss.
     */
    Mono<Void> settleReturned(String refundId, long worth);

    /**
     * The same for money that was a part of what a refund of ours was to give, if the provider has refused that: it is asked for with the
     * rest. False, and nothing done, if the provider has not.
     */
    Mono<Boolean> settleReturned(String refundId, String asPartOf);

    /**
     * What can be given back of a payment, whole won.
     *
     * @param left of what was captured, neither given back nor promised
     * @param undecided went back by hand, and nobody has said yet what it was for
     */
    record Balance(long left, long undecided) {}

    /** In the caller's transaction: it stays so until that ends. */
    Mono<Balance> balance(String paymentId);

    /** Empty when there is none such. */
    Mono<PaymentView> find(String paymentId);

    /** All payments of a reservation, oldest first. */
    Flux<PaymentView> ofReservation(String reservationId);
}
