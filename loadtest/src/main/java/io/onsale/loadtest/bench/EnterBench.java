package io.onsale.loadtest.bench;

import io.onsale.loadtest.Json;
import io.onsale.loadtest.demo.Stage;
import io.onsale.loadtest.people.Buyers.Buyer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * A flash crowd that enters at a constant rate for a minute, each asking for its place once, three seconds later. First the capacity is
 * sought, so that the rate is at least half of it.
 */
final class EnterBench implements Bench {

    private static final int LEAST_PER_SECOND = 800;
    private static final int STEP_PER_SECOND = 400;
    private static final Duration STEP = Duration.ofSeconds(6);
    private static final Duration RUN = Duration.ofSeconds(60);
    private static final Duration LATER = Duration.ofSeconds(3);

    @Override
    public String name() {
        return "enter";
    }

    @Override
    public String measures() {
        return "a crowd enters at a constant rate for 60 s through the gateway, and asks for its place";
    }

    @Override
    public Result run(Range range) {
        try (Gun gun = new Gun(512)) {
            warmUp(range, gun);
            int capacity = capacity(range, gun);
            int rate = Math.max(LEAST_PER_SECOND, capacity / 2);
            Range.say("capacity " + capacity + "/s; now " + rate + "/s for " + RUN.toSeconds() + " s");
            Stage stage = range.onSale(100, 10);
            List<Buyer> buyers = range.buyers((int) (rate * RUN.toSeconds()));
            Processes processes = new Processes(range.stack());
            Map<String, Double> before = processes.cpuSeconds();
            Volley[] volleys = crowd(range, gun, stage, buyers, rate, RUN);
            Result result = new Result(name())
                    .context("capacity found (p99 < 150 ms, no error)", capacity + " enters/s")
                    .claim(
                            "offered and achieved",
                            String.format(
                                    "%.0f and %.0f enters/s", volleys[0].offeredPerSecond(), volleys[0].perSecond()),
                            ">= " + rate * 0.99,
                            volleys[0].offeredPerSecond() >= rate * 0.99)
                    .claim(
                            "errors, dropped iterations",
                            volleys[0].errors() + volleys[1].errors() + " " + volleys[0].endings()
                                    + volleys[1].endings(),
                            "0",
                            volleys[0].errors() + volleys[1].errors() == 0)
                    .latency("enter", volleys[0], 50, 150)
                    .latency("status", volleys[1], 20, 0);
            return result.cpu(Processes.between(before, processes.cpuSeconds()));
        }
    }

    private static void warmUp(Range range, Gun gun) {
        Range.say("warming up");
        Stage stage = range.onSale(100, 10);
        crowd(range, gun, stage, range.buyers(8_000), 400, Duration.ofSeconds(20));
    }

    private static int capacity(Range range, Gun gun) {
        int capacity = 0;
        for (int rate = LEAST_PER_SECOND; rate <= 6_000; rate += STEP_PER_SECOND) {
            Stage stage = range.onSale(100, 10);
            List<Buyer> buyers = range.buyers((int) (rate * STEP.toSeconds()));
            Volley entered = crowd(range, gun, stage, buyers, rate, STEP)[0];
            double p99 = entered.latencies().getValueAtPercentile(99) / 1_000.0;
            Range.say(String.format(
                    "%d/s: p99 %.1f ms, %d errors, offered %.0f/s",
                    rate, p99, entered.errors(), entered.offeredPerSecond()));
            if (p99 >= 150 || entered.errors() > 0 || entered.offeredPerSecond() < rate * 0.98) {
                break;
            }
            capacity = rate;
        }
        return capacity;
    }

    /** Enters and, beside it, questions. */
    private static Volley[] crowd(Range range, Gun gun, Stage stage, List<Buyer> buyers, int rate, Duration duration) {
        String enter = range.api() + "/queue/enter";
        String status = range.api() + "/queue/status?eventId=" + stage.eventId();
        var body = Json.object().put("eventId", stage.eventId());
        OpenLoad load = new OpenLoad(gun, code -> code == 200);
        CompletableFuture<Volley> questions = CompletableFuture.supplyAsync(() -> {
            Range.pause(LATER);
            return load.run(rate, duration.minus(LATER), i -> {
                Buyer buyer = buyers.get(i);
                return Shot.get(status, buyer.accessToken(), buyer.address());
            });
        });
        Volley entered = load.run(rate, duration, i -> {
            Buyer buyer = buyers.get(i);
            return Shot.post(enter, buyer.accessToken(), buyer.address(), body);
        });
        return new Volley[] {entered, questions.join()};
    }
}
