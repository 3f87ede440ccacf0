package io.onsale.loadtest.demo;

import io.onsale.loadtest.Json;
import io.onsale.loadtest.http.Reply;
import io.onsale.loadtest.http.Request;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import reactor.core.publisher.Mono;

/** Inside: looks at the map, takes seats, and looks again when somebody was faster. */
final class Shop {

    private static final Duration PATIENCE = Duration.ofMinutes(9);
    private static final int TRIES_PER_LOOK = 3;

    /** A hold that was won. */
    record Held(String reservationId, String paymentToken, long amount, int seats, Instant expiresAt) {}

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
                .repeatWhenEmpty(rounds -> rounds.concatMap(round -> Mono.delay(visitor.about(pauseMillis(round)))))
                .timeout(
                        PATIENCE,
                        Mono.error(new Ending.Reached(Ending.because(Ending.Kind.NO_SEAT, "waited long enough"))));
    }

    /** Looking again and again helps nobody, and the gateway counts. */
    private static long pauseMillis(long round) {
        return Math.min(4_000, 500 << Math.min(round, 3));
    }

    /** Empty: somebody was faster, or everything is held by others for now. */
    private Mono<Held> tryOnce() {
        return visitor.get("seat map", "/reservations/seats/" + visitor.stage.performanceId())
                .flatMap(this::freeSeats)
                .flatMap(free -> take(free, TRIES_PER_LOOK));
    }

    private Mono<List<String>> freeSeats(Reply map) {
        if (!map.ok()) {
            return end(Ending.Kind.UNSERVED, "seat map: " + map.summary());
        }
        Set<String> gone = new HashSet<>();
        map.body().path("held").forEach(seat -> gone.add(seat.asString("")));
        map.body().path("sold").forEach(seat -> gone.add(seat.asString("")));
        List<String> free = new ArrayList<>(visitor.stage.seatIds());
        free.removeAll(gone);
        if (!free.isEmpty()) {
            return Mono.just(free);
        }
        boolean over = map.body().path("counts").path("held").asLong(0) == 0;
        return over ? end(Ending.Kind.NO_SEAT, "every seat is sold") : Mono.empty();
    }

    /** Neighbours somewhere in what is free. */
    private List<String> choose(List<String> free) {
        int count = Math.min(wanted, free.size());
        int from = visitor.random.nextInt(free.size() - count + 1);
        return List.copyOf(free.subList(from, from + count));
    }

    private Mono<Held> take(List<String> free, int triesLeft) {
        if (free.isEmpty() || triesLeft == 0) {
            return Mono.empty();
        }
        List<String> seats = choose(free);
        var body = Json.object().put("performanceId", visitor.stage.performanceId());
        body.set("seatIds", Json.array(seats));
        Request request = Request.post("hold", visitor.url("/reservations/hold"), body)
                .with("Queue-Pass", pass)
                .once("hold-" + UUID.randomUUID());
        return visitor.send(request)
                .flatMap(reply -> reply.ok() ? won(reply, seats) : lost(reply, free, seats, triesLeft));
    }

    private Mono<Held> won(Reply reply, List<String> seats) {
        visitor.tally.holdsWon.increment();
        return Mono.just(new Held(
                reply.text("reservationId"),
                reply.text("paymentToken"),
                reply.body().path("amount").asLong(0),
                seats.size(),
                Instant.parse(reply.text("expiresAt"))));
    }

    private Mono<Held> lost(Reply reply, List<String> free, List<String> seats, int triesLeft) {
        visitor.tally.holdsLost.increment();
        return switch (reply.code()) {
            case "SEAT_TAKEN" -> {
                List<String> left = new ArrayList<>(free);
                if (reply.body().path("seatIds").isEmpty()) {
                    left.removeAll(seats);
                }
                reply.body().path("seatIds").forEach(seat -> left.remove(seat.asString("")));
                yield take(left, triesLeft - 1);
            }
            case "SALE_CLOSED" -> end(Ending.Kind.NO_SEAT, "the sale closed");
            case "PASS_EXPIRED" -> end(Ending.Kind.NO_SEAT, "the pass ended");
            default -> end(Ending.Kind.UNSERVED, "hold: " + reply.summary());
        };
    }

    private <T> Mono<T> end(Ending.Kind kind, String reason) {
        return Mono.error(new Ending.Reached(Ending.because(kind, reason)));
    }
}
