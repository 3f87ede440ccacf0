package io.onsale.ticketing.reservations;

import java.util.Collection;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * What the checkout tells the reservations. Every method that changes something joins the caller's transaction, takes the
 * reservation's row lock, asserts its state and appends its event; repeating it changes nothing.
 */
public interface Reservations {

    /**
     * PENDING or PAYING becomes PAYING; the first time, its end moves to at least three minutes from now.
     *
     * @return fails with a problem: unknown or somebody else's (404), ended, already paid, wrong payment token
     */
    Mono<Reservation> beginPaying(String reservationId, String userId, String paymentToken);

    /** PAYING becomes PENDING again: the buyer may try once more until the end. Without effect in any other state. */
    Mono<Void> paymentDeclined(String reservationId);

    /** A captured payment confirms its reservation, with every seat's fence checked. */
    Mono<Confirmation> confirm(String reservationId, String paymentId);

    /**
     * Takes the seats of an ended reservation once more and confirms it, if every rule of a hold allows it. Opens its own
     * transaction where it needs one after Redis agreed.
     */
    Mono<Confirmation> retake(String reservationId, String paymentId);

    /** CONFIRMED becomes CANCELLING; its seats stay taken until {@link #cancelled}. */
    Mono<Reservation> beginCancelling(String reservationId);

    /** CANCELLING becomes CANCELLED: its seats are free, the event says so. */
    Mono<Void> cancelled(String reservationId);

    /** A confirmed reservation gives some of its seats back and keeps the others. */
    Mono<Reservation> giveBack(String reservationId, Collection<String> seatIds);

    /** A fresh token to pay for a reservation that may still be paid; empty string for any other. */
    String paymentToken(Reservation reservation);

    /** Empty when there is none such. */
    Mono<Reservation> find(String reservationId);

    /** The same, locked until the end of the caller's transaction. */
    Mono<Reservation> lock(String reservationId);

    /** The user's own, newest first. */
    Flux<Reservation> ofUser(String userId, int offset, int limit);

    Mono<Long> countOfUser(String userId);

    /** Those of an event that are CONFIRMED, by id, after the given one ("" for the beginning). */
    Flux<Reservation> confirmedOfEvent(String eventId, String afterId, int limit);

    /** Who has confirmed reservations of an event, who came first first. */
    Flux<Buyer> buyersOf(String eventId, int offset, int limit);

    Mono<Long> countBuyersOf(String eventId);

    /** How a confirmation went. */
    sealed interface Confirmation {

        /** Confirmed by this payment, now or before. */
        record Confirmed(Reservation reservation) implements Confirmation {}

        /** Another payment confirmed it before. */
        record PaidOtherwise(String paymentId) implements Confirmation {}

        /** It ended before the money came; {@link #retake} may still help. */
        record Ended() implements Confirmation {}

        /** A rule of a hold, or somebody else's claim, stands in the way. */
        record Refused(String reason) implements Confirmation {}
    }
}
