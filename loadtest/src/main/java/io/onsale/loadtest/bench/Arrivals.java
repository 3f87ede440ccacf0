package io.onsale.loadtest.bench;

import io.onsale.loadtest.Json;
import io.onsale.loadtest.demo.Stage;
import io.onsale.loadtest.people.Buyers.Buyer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A crowd that comes at a constant rate: each enters the line, and asks for its place once, three seconds later. */
record Arrivals(Range range, Gun gun, Stage stage) {

    private static final Duration LATER = Duration.ofSeconds(3);
    private static final Duration STEP = Duration.ofSeconds(6);
    private static final double FACTOR = 1.4;
    private static final double P99_MILLIS = 150;

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

    Pressed press(List<Buyer> buyers, int perSecond, Duration duration) {
        String enter = range.api() + "/queue/enter";
        String status = range.api() + "/queue/status?eventId=" + stage.eventId();
        var body = Json.object().put("eventId", stage.eventId());
        OpenLoad load = new OpenLoad(gun, code -> code == 200);
        CompletableFuture<Volley> questions = CompletableFuture.supplyAsync(
                () -> {
                    Range.pause(LATER);
                    return load.run(perSecond, duration.minus(LATER), i -> {
                        Buyer buyer = buyers.get(i);
                        return Shot.get(status, buyer.accessToken(), buyer.address());
                    });
                },
                task -> new Thread(task, "questions").start());
        Volley enters = load.run(perSecond, duration, i -> {
            Buyer buyer = buyers.get(i);
            return Shot.post(enter, buyer.accessToken(), buyer.address(), body);
        });
        return new Pressed(enters, questions.join());
    }

    /** The highest rate that is answered within 150 ms (p99) without an error, in steps of 40 % from the least on; 0 if that is too much. */
    int capacity(int least, int most) {
        int capacity = 0;
        for (double rate = least; rate <= most; rate *= FACTOR) {
            int perSecond = (int) rate;
            Volley entered = press(perSecond, STEP).enters();
            double p99 = entered.latencies().getValueAtPercentile(99) / 1_000.0;
            Range.say(String.format(
                    "%d/s: p99 %.1f ms, %d errors, offered %.0f/s",
                    perSecond, p99, entered.errors(), entered.offeredPerSecond()));
            if (p99 >= P99_MILLIS || entered.errors() > 0 || entered.offeredPerSecond() < perSecond * 0.98) {
                break;
            }
            capacity = perSecond;
        }
        return capacity;
    }
}
