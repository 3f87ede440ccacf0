package io.onsale.loadtest.bench;

import io.onsale.loadtest.people.Buyers.Buyer;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A flash crowd that enters at a constant rate for a minute, each asking for its place once, three seconds later. First the capacity is
 * sought, so that the rate is at least half of it.
 */
final class EnterBench implements Bench {

    /** So many that those who wait do so at the gateway, not for a connection. */
    private static final int CONNECTIONS = 4_096;

    private static final int LEAST_PER_SECOND = 800;
    private static final int SEARCH_FROM = 100;
    private static final int SEARCH_TO = 6_000;
    private static final Duration RUN = Duration.ofSeconds(60);

    @Override
    public String name() {
        return "enter";
    }

    @Override
    public String measures() {
        return "a crowd enters at a constant rate (800/s or half the capacity; --arrivals) for 60 s through the gateway, and asks for its place";
    }

    @Override
    public Result run(Range range) {
        try (Gun gun = new Gun(CONNECTIONS)) {
            Range.say("warming up");
            Arrivals rehearsal = new Arrivals(range, gun, range.onSale(100, 10));
            rehearsal.warmUp();
            int capacity = rehearsal.capacity(SEARCH_FROM, SEARCH_TO);
            int rate = range.arrivals() > 0 ? range.arrivals() : Math.max(LEAST_PER_SECOND, capacity / 2);
            Range.say("capacity " + capacity + "/s; now " + rate + "/s for " + RUN.toSeconds() + " s");
            Arrivals arrivals = new Arrivals(range, gun, range.onSale(100, 10));
            List<Buyer> buyers = range.buyers((int) (rate * RUN.toSeconds()));
            Processes processes = new Processes(range.stack());
            Map<String, Double> before = processes.cpuSeconds();
            Arrivals.Pressed pressed = arrivals.press(buyers, rate, RUN);
            Map<String, Double> used = Processes.between(before, processes.cpuSeconds());
            return new Result(name())
                    .context("capacity found (p99 < 150 ms, no error)", capacity + " enters/s")
                    .claim(
                            "offered and achieved",
                            String.format(
                                    "%.0f and %.0f enters/s",
                                    pressed.enters().offeredPerSecond(),
                                    pressed.enters().perSecond()),
                            ">= " + rate * 0.99,
                            Math.min(
                                            pressed.enters().offeredPerSecond(),
                                            pressed.enters().perSecond())
                                    >= rate * 0.99)
                    .claim(
                            "errors, dropped iterations",
                            pressed.errors() + " in " + pressed.endings(),
                            "0",
                            pressed.errors() == 0)
                    .latency("enter", pressed.enters(), 50, 150)
                    .latency("status", pressed.questions(), 20, 0)
                    .cpu(used);
        }
    }
}
