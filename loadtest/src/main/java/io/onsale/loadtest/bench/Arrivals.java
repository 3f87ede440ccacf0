package io.onsale.loadtest.bench;

import io.onsale.loadtest.Json;
import io.onsale.loadtest.demo.Stage;
import io.onsale.loadtest.people.Buyers.Buyer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/** A crowd that comes at a constant rate: each enters the line, and asks for its place once, three seconds later. */
record Arrivals(Range range, Gun gun, Stage stage) {

    private static final Duration LATER = Duration.ofSeconds(3);
    private static final Duration STEP = Duration.ofSeconds(6);
    private static final double FACTOR = 1.4;
    private static final double P99_MILLIS = 150;
    private static final int TRIES = 2;
    private static final int WARMING_UP = 20_000;
    private static final int WARM_UP_CLIENTS = 64;

    /** What entering and asking gave. */
    record Pressed(Volley enters, Volley questions) {

        long errors() {
            return enters.errors() + questions.errors();
        }

        String endings() {
            return "enter " + enters.endings() + ", status " + questions.endings();
        }
    }

    Pressed press(int perSecond, Duration duration) {
        return press(range.buyers((int) (perSecond * duration.toSeconds())), perSecond, duration);
    }

    /** As many as fit through, until it becomes no faster. */
    void warmUp() {
        List<Buyer> buyers = range.buyers(WARMING_UP);
        new ClosedLoad(gun, WARM_UP_CLIENTS, code -> code == 200).warmUp(i -> {
            Buyer buyer = buyers.get(i / 2 % WARMING_UP);
            return i % 2 == 0 ? enter(buyer) : ask(buyer);
        });
    }

    private Shot enter(Buyer buyer) {
        return Shot.post(
                range.api() + "/queue/enter",
                buyer.accessToken(),
                buyer.address(),
                Json.object().put("eventId", stage.eventId()));
    }

    private Shot ask(Buyer buyer) {
        return Shot.get(range.api() + "/queue/status?eventId=" + stage.eventId(), buyer.accessToken(), buyer.address());
    }

    Pressed press(List<Buyer> buyers, int perSecond, Duration duration) {
        OpenLoad load = new OpenLoad(gun, code -> code == 200);
        CompletableFuture<Volley> questions = CompletableFuture.supplyAsync(
                () -> {
                    Range.pause(LATER);
                    return load.run(perSecond, duration.minus(LATER), i -> ask(buyers.get(i)));
                },
                task -> new Thread(task, "questions").start());
        Volley enters = load.run(perSecond, duration, i -> enter(buyers.get(i)));
        return new Pressed(enters, questions.join());
    }

    /**
     * The highest rate that is answered within 150 ms (p99) without an error, in steps of 40 % from the least on; 0 if that is too much.
     * A step that fails is tried once more: a compiler or a collector may have come between.
     */
    int capacity(int least, int most) {
        int capacity = 0;
        for (double rate = least; rate <= most; rate *= FACTOR) {
            int perSecond = (int) rate;
            if (IntStream.range(0, TRIES).noneMatch(tried -> carries(perSecond))) {
                break;
            }
            capacity = perSecond;
        }
        return capacity;
    }

    private boolean carries(int perSecond) {
        Pressed pressed = press(perSecond, STEP);
        Volley entered = pressed.enters();
        double p99 = entered.latencies().getValueAtPercentile(99) / 1_000.0;
        Range.say(String.format(
                "%d/s: p99 %.1f ms, %d errors, offered %.0f/s",
                perSecond, p99, pressed.errors(), entered.offeredPerSecond()));
        return p99 < P99_MILLIS && pressed.errors() == 0 && entered.offeredPerSecond() >= perSecond * 0.98;
    }
}
