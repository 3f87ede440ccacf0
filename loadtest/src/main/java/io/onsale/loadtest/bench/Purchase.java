package io.onsale.loadtest.bench;

import io.onsale.loadtest.Json;
import io.onsale.loadtest.demo.Stage;
import io.onsale.loadtest.http.Api;
import io.onsale.loadtest.http.Reply;
import io.onsale.loadtest.http.Request;
import io.onsale.loadtest.people.Buyers.Buyer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/**
 * One seat, paid at the sandbox, without a pause for thinking. An answer that is no success is an error.
 *
 * @param pass empty where none is needed
 * @param payments told of each call about a payment, when it has its answer
 */
record Purchase(Api api, String base, Buyer buyer, Stage stage, String seatId, String pass, Consumer<Asked> payments) {

    private static final Duration BEFORE_ASKING_AGAIN = Duration.ofMillis(200);

    /** A call about a payment, from its sending to its answer. */
    record Asked(String step, String paymentId, Instant from, Instant to) {}

    /** What somebody looks at first. */
    Mono<Reply> look() {
        return get("list", "/events?size=20")
                .then(get("detail", "/events/" + stage.eventId()))
                .then(get("seats", "/reservations/seats/" + stage.performanceId()));
    }

    /** From the hold to the ticket. */
    Mono<Reply> run() {
        ObjectNode seats = Json.object().put("performanceId", stage.performanceId());
        seats.set("seatIds", Json.array(List.of(seatId)));
        return post("hold", "/reservations/hold", seats)
                .flatMap(held -> prepare(held).flatMap(this::confirm).then(ticket(held.text("reservationId"))));
    }

    private Mono<Reply> prepare(Reply held) {
        ObjectNode body = Json.object()
                .put("reservationId", held.text("reservationId"))
                .put("paymentToken", held.text("paymentToken"))
                .put("provider", "PORTONE");
        return told("pay", post("pay", "/payments", body));
    }

    private Mono<Reply> confirm(Reply payment) {
        String window = payment.body().path("checkout").path("redirectUrl").asString("");
        ObjectNode confirmation = Json.object().put("paymentId", payment.text("paymentId"));
        confirmation.putObject("providerReference").put("paymentId", payment.text("paymentId"));
        return api.send(Request.post("approve", window + "/approve", Json.object()))
                .then(told("confirm", post("confirm", "/payments/confirm", confirmation)));
    }

    private Mono<Reply> told(String step, Mono<Reply> call) {
        return Mono.defer(() -> {
            Instant from = Instant.now();
            return call.doOnNext(
                    reply -> payments.accept(new Asked(step, reply.text("paymentId"), from, Instant.now())));
        });
    }

    private Mono<Reply> ticket(String reservationId) {
        return Mono.defer(() -> get("reservation", "/reservations/" + reservationId))
                .filter(reply -> !reply.body().path("ticketIds").isEmpty())
                .repeatWhenEmpty(again -> again.delayElements(BEFORE_ASKING_AGAIN));
    }

    private Mono<Reply> get(String step, String path) {
        return send(Request.get(step, base + path));
    }

    private Mono<Reply> post(String step, String path, ObjectNode body) {
        Request request =
                Request.post(step, base + path, body).once(UUID.randomUUID().toString());
        return send(pass.isEmpty() ? request : request.with("Queue-Pass", pass));
    }

    private Mono<Reply> send(Request request) {
        return api.send(request.as(buyer.accessToken(), buyer.address()))
                .flatMap(reply -> reply.ok()
                        ? Mono.just(reply)
                        : Mono.error(new IllegalStateException(request.step() + ": " + reply.summary())));
    }
}
