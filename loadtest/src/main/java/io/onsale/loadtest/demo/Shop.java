package io.onsale.loadtest.demo;

import io.onsale.loadtest.Json;
import io.onsale.loadtest.http.Reply;
import io.onsale.loadtest.http.Request;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** Inside: looks at the map, takes seats, and looks again when somebody was faster. */
final class Shop {

    private static final Duration PATIENCE = Duration.ofMinutes(9);

    /** A hold that was won. */
    record Held(String reservationId, String paymentToken, long amount, int seats) {}

    private final Visitor visitor;
    private final String pass;
    private final int wanted;

    Shop(Visitor visitor, String pass) {
        this.visitor = visitor;
        this.pass = pass;
        int dice = visitor.random.nextInt(10);
        this.wanted = dice < 6 ? 1 : dice < 9 ? 2 : 3;
    }

    Mono<Held> hold() {
        return Mono.defer(this::tryOnce)
                .repeatWhenEmpty(rounds -> rounds.concatMap(round -> Mono.delay(visitor.about(400))))
                .timeout(
                        PATIENCE,
                        Mono.error(new Ending.Reached(Ending.because(Ending.Kind.NO_SEAT, "waited long enough"))));
    }

    /** Empty: somebody was faster, or everything is held by others for now. */
    private Mono<Held> tryOnce() {
        return visitor.get("seat map", "/reservations/seats/" + visitor.stage.performanceId())
                .flatMap(this::choose)
                .flatMap(this::take);
    }

    private Mono<List<String>> choose(Reply map) {
        if (!map.ok()) {
            return end(Ending.Kind.UNSERVED, "seat map: " + map.summary());
        }
        Set<String> gone = new HashSet<>();
        map.body().path("held").forEach(seat -> gone.add(seat.asString("")));
        map.body().path("sold").forEach(seat -> gone.add(seat.asString("")));
        List<String> free = new ArrayList<>(visitor.stage.seatIds());
        free.removeAll(gone);
        JsonNode counts = map.body().path("counts");
        if (free.isEmpty()) {
            boolean over = counts.path("held").asLong(0) == 0;
            return over ? end(Ending.Kind.NO_SEAT, "every seat is sold") : Mono.<List<String>>empty();
        }
        int from = visitor.random.nextInt(free.size());
        int count = Math.min(wanted, free.size());
        return Mono.just(
                free.subList(Math.min(from, free.size() - count), Math.min(from, free.size() - count) + count));
    }

    private Mono<Held> take(List<String> seats) {
        var body = Json.object().put("performanceId", visitor.stage.performanceId());
        body.set("seatIds", Json.array(seats));
        Request request = Request.post("hold", visitor.url("/reservations/hold"), body)
                .with("Queue-Pass", pass)
                .once("hold-" + UUID.randomUUID());
        return visitor.send(request).flatMap(reply -> {
            if (reply.ok()) {
                visitor.tally.holdsWon.increment();
                return Mono.just(new Held(
                        reply.text("reservationId"),
                        reply.text("paymentToken"),
                        reply.body().path("amount").asLong(0),
                        seats.size()));
            }
            visitor.tally.holdsLost.increment();
            return switch (reply.code()) {
                case "SEAT_TAKEN" -> Mono.<Held>empty();
                case "SALE_CLOSED" -> this.<Held>end(Ending.Kind.NO_SEAT, "the sale closed");
                case "PASS_EXPIRED" -> this.<Held>end(Ending.Kind.NO_SEAT, "the pass ended");
                default -> this.<Held>end(Ending.Kind.UNSERVED, "hold: " + reply.summary());
            };
        });
    }

    private <T> Mono<T> end(Ending.Kind kind, String reason) {
        return Mono.error(new Ending.Reached(Ending.because(kind, reason)));
    }
}
