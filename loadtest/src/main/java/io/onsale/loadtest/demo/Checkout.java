package io.onsale.loadtest.demo;

import io.onsale.loadtest.Json;
import io.onsale.loadtest.demo.Shop.Held;
import io.onsale.loadtest.http.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/** Pays for a hold, or does not, and waits for what comes of it. */
final class Checkout {

    private static final Duration TICKETS_WITHIN = Duration.ofMinutes(2);
    private static final Set<String> OVER = Set.of("CONFIRMED", "CANCELLED", "EXPIRED");

    /** A payment whose answer was unknown failed after all: the hold waits for another one. */
    private static final String DECLINED_AFTERWARDS = "PENDING";

    private final Visitor visitor;
    private final Held held;

    Checkout(Visitor visitor, Held held) {
        this.visitor = visitor;
        this.held = held;
    }

    Mono<Ending> run() {
        if (visitor.happens(visitor.crowd.released())) {
            return Mono.delay(visitor.about(1_000)).then(release());
        }
        boolean declines = visitor.happens(visitor.crowd.declined());
        return pay(declines, held.paymentToken())
                .flatMap(ending -> ending.kind() == Ending.Kind.DECLINED ? afterDecline(ending) : Mono.just(ending));
    }

    /** Half try another card while the hold lasts, the others let go. */
    private Mono<Ending> afterDecline(Ending declined) {
        return visitor.happens(0.5)
                ? freshToken().flatMap(token -> pay(false, token)).switchIfEmpty(Mono.just(declined))
                : release().thenReturn(declined);
    }

    /** A payment token pays once; the reservation has a new one as soon as it knows of the decline. Empty when it never does. */
    private Mono<String> freshToken() {
        return Mono.defer(() -> visitor.get("reservation", "/reservations/" + held.reservationId()))
                .delaySubscription(visitor.about(1_000))
                .repeat(5)
                .filter(reply -> reply.text("status").equals("PENDING")
                        && !reply.text("paymentToken").isEmpty())
                .next()
                .map(reply -> reply.text("paymentToken"));
    }

    private Mono<Ending> pay(boolean declines, String paymentToken) {
        boolean kakaopay = visitor.happens(visitor.crowd.kakaopay());
        ObjectNode body = Json.object()
                .put("reservationId", held.reservationId())
                .put("paymentToken", paymentToken)
                .put("provider", kakaopay ? "KAKAOPAY" : "PORTONE");
        return visitor.postOnce("pay", "/payments", body).flatMap(reply -> {
            if (!reply.ok()) {
                return unserved("pay", reply);
            }
            if (visitor.happens(visitor.crowd.abandoned())) {
                return Mono.just(Ending.of(Ending.Kind.ABANDONED));
            }
            return Mono.delay(beforePaying()).then(decide(reply, declines, kakaopay));
        });
    }

    /** A payment that begins moves the hold's end; who is late waits past that, too. */
    private Duration beforePaying() {
        if (!visitor.happens(visitor.crowd.late())) {
            return visitor.about(800);
        }
        Duration left = Duration.between(Instant.now(), held.expiresAt());
        return (left.isNegative() ? Duration.ZERO : left).plus(visitor.about(20_000));
    }

    private Mono<Ending> decide(Reply payment, boolean declines, boolean kakaopay) {
        String paymentId = payment.text("paymentId");
        String window = payment.body().path("checkout").path("redirectUrl").asString("");
        return visitor.press(declines ? "decline" : "approve", window + (declines ? "/decline" : "/approve"))
                .doOnNext(pressed -> (declines ? visitor.tally.declined : visitor.tally.approved).increment())
                .flatMap(pressed -> {
                    ObjectNode confirmation = Json.object().put("paymentId", paymentId);
                    ObjectNode reference = confirmation.putObject("providerReference");
                    if (kakaopay) {
                        reference.put("pgToken", declines ? "declined" : pressed.text("pg_token"));
                    } else {
                        reference.put("paymentId", paymentId);
                    }
                    return visitor.postOnce("confirm", "/payments/confirm", confirmation);
                })
                .flatMap(confirmed -> switch (confirmed.text("status")) {
                    case "SUCCESS", "UNKNOWN" -> tickets();
                    case "FAILED" -> Mono.just(Ending.of(Ending.Kind.DECLINED));
                    default -> confirmed.ok() ? tickets() : outcome(confirmed);
                });
    }

    /** A confirm that is refused is not the end: the money may be on its way to a ticket or back. */
    private Mono<Ending> outcome(Reply refused) {
        return tickets()
                .map(ending -> ending.kind() == Ending.Kind.UNSERVED
                        ? Ending.because(Ending.Kind.UNSERVED, "confirm: " + refused.summary())
                        : ending);
    }

    private Mono<Ending> tickets() {
        return Mono.defer(() -> visitor.get("reservation", "/reservations/" + held.reservationId()))
                .repeatWhen(again ->
                        again.index().concatMap(round -> Mono.delay(visitor.about(pauseMillis(round.getT1())))))
                .filter(reply -> isOver(reply))
                .next()
                .map(this::ending)
                .flatMap(this::keepOrReturn)
                .timeout(
                        TICKETS_WITHIN,
                        Mono.just(Ending.because(Ending.Kind.UNSERVED, "paid, and no ticket within two minutes")));
    }

    private Mono<Ending> keepOrReturn(Ending ending) {
        if (ending.kind() != Ending.Kind.TICKETS || !visitor.happens(visitor.crowd.returned())) {
            return Mono.just(ending);
        }
        return visitor.delete("return", "/reservations/" + held.reservationId())
                .flatMap(reply -> reply.ok() ? Mono.just(Ending.of(Ending.Kind.RETURNED)) : unserved("return", reply));
    }

    private static long pauseMillis(long round) {
        return Math.min(4_000, 300 << Math.min(round, 4));
    }

    private static boolean isOver(Reply reply) {
        boolean confirmed = reply.text("status").equals("CONFIRMED");
        return !reply.ok()
                || reply.text("status").equals(DECLINED_AFTERWARDS)
                || (OVER.contains(reply.text("status"))
                        && (!confirmed || !reply.body().path("ticketIds").isEmpty()));
    }

    private Ending ending(Reply reservation) {
        int tickets = reservation.body().path("ticketIds").size();
        if (reservation.text("status").equals("CONFIRMED") && tickets == held.seats()) {
            visitor.tally.confirmed.increment();
            return new Ending(Ending.Kind.TICKETS, "", tickets);
        }
        return switch (reservation.text("status")) {
            case "CONFIRMED" ->
                Ending.because(Ending.Kind.UNSERVED, tickets + " tickets for " + held.seats() + " seats");
            case DECLINED_AFTERWARDS -> Ending.of(Ending.Kind.DECLINED);
            case "CANCELLED", "EXPIRED" -> Ending.because(Ending.Kind.REFUNDED, reservation.text("status"));
            default -> Ending.because(Ending.Kind.UNSERVED, "reservation: " + reservation.summary());
        };
    }

    private Mono<Ending> release() {
        return visitor.delete("release", "/reservations/hold/" + held.reservationId())
                .flatMap(reply -> reply.ok() ? Mono.just(Ending.of(Ending.Kind.RELEASED)) : unserved("release", reply));
    }

    private static Mono<Ending> unserved(String step, Reply reply) {
        return Mono.just(Ending.because(Ending.Kind.UNSERVED, step + ": " + reply.summary()));
    }
}
