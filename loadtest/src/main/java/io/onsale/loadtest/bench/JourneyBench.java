package io.onsale.loadtest.bench;

import io.onsale.loadtest.demo.Stage;
import io.onsale.loadtest.people.Buyers.Buyer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * What buying is like while a crowd presses: people enter at a constant rate and ask for their place, 2,000 streams are open, and whoever is
 * let in looks, holds, pays and has a ticket, at once. What the machine carries of arrivals beside all that is sought first.
 */
final class JourneyBench implements Bench {

    private static final int STREAMS = 2_000;
    /** In front of the streams, more seconds of shoppers than this takes. */
    private static final int LONGEST_SECONDS = 400;

    private static final int SEARCH_FROM = 20;
    private static final int SEARCH_TO = 1_600;
    private static final double BAR_MILLIS = 100;
    /** With a third of the shoppers, and then with all of them. */
    private static final Duration WARM_UP = Duration.ofSeconds(30);

    private static final Duration RUN = Duration.ofSeconds(60);
    private static final Duration LONGEST_REST = Duration.ofSeconds(60);

    @Override
    public String name() {
        return "journey";
    }

    @Override
    public String measures() {
        return "list, detail, seats, hold, payment, confirm of --shoppers a second, while others enter (--arrivals a"
                + " second, or half of what is carried) and " + STREAMS + " streams are open";
    }

    @Override
    public Result run(Range range) {
        int shopping = range.shoppers() * LONGEST_SECONDS;
        Stage stage = range.onSale(shopping, range.shoppers());
        Operator operator = new Operator(range.stack());
        operator.pause(stage.eventId());
        List<Buyer> inLine = range.buyers(shopping + STREAMS);
        List<Buyer> streaming = inLine.subList(shopping, inLine.size());
        try (Gun gun = new Gun(512);
                StreamFleet fleet = new StreamFleet()) {
            range.enter(stage, inLine);
            fleet.open(range.stack().gateway(), stage.eventId(), streaming);
            Range.say(fleet.log().open() + " streams open, refused: "
                    + fleet.log().refusals());
            operator.open(stage.eventId());
            try (Shoppers shoppers = new Shoppers(range, stage, inLine.subList(0, shopping), range.shoppers() / 3.0)) {
                return measure(range, new Arrivals(range, gun, stage), fleet.log(), shoppers);
            }
        }
    }

    private Result measure(Range range, Arrivals arrivals, FleetLog streams, Shoppers shoppers) {
        Range.say("warming up");
        arrivals.press(SEARCH_FROM, WARM_UP);
        shoppers.come(range.shoppers());
        arrivals.press(SEARCH_FROM, WARM_UP);
        rest(range, shoppers);
        int capacity = range.arrivals() > 0 ? 0 : arrivals.capacity(SEARCH_FROM, SEARCH_TO);
        int rate = range.arrivals() > 0 ? range.arrivals() : Math.max(SEARCH_FROM, capacity / 2);
        List<Buyer> crowd = range.buyers((int) (rate * RUN.toSeconds()));
        rest(range, shoppers);
        Range.say(rate + " arrivals a second for " + RUN.toSeconds() + " s");
        Processes processes = new Processes(range.stack());
        Map<String, Double> before = processes.cpuSeconds();
        shoppers.measure();
        Arrivals.Pressed pressed = arrivals.press(crowd, rate, RUN);
        Shoppers.Found found = shoppers.found();
        Map<String, Double> used = Processes.between(before, processes.cpuSeconds());
        Result result = new Result(name())
                .context(
                        "arrivals",
                        rate + " a second ("
                                + (range.arrivals() > 0
                                        ? "as asked"
                                        : "half of the " + capacity
                                                + " that were entered with p99 < 150 ms and no error, beside all the rest")
                                + ")");
        for (String step : List.of("list", "detail", "seats", "hold")) {
            claim(result, step, found.latencies().getOrDefault(step, new Histogram(3)));
        }
        claimWithout(result, "pay", found, ProviderTimes.of(range.stack().sandbox(), "portone.pre-register"));
        claimWithout(result, "confirm", found, ProviderTimes.of(range.stack().sandbox(), "portone.get"));
        return result.claim(
                        "errors",
                        found.errors() + pressed.errors() + " in shop " + found.failures() + ", " + pressed.endings(),
                        "0",
                        found.errors() + pressed.errors() == 0)
                .claim("streams open", Integer.toString(streams.open()), STREAMS + "", streams.open() == STREAMS)
                .context(
                        "tickets bought",
                        String.format(
                                "%.1f a second, of %d who were let in",
                                (double) found.bought() / RUN.toSeconds(), range.shoppers()))
                .context("enter p50 / p95 / p99", percentiles(pressed.enters().latencies()))
                .context(
                        "status p50 / p95 / p99",
                        percentiles(pressed.questions().latencies()))
                .cpu(used);
    }

    /** Until no more people are in the shop than come in two seconds. */
    private static void rest(Range range, Shoppers shoppers) {
        long end = System.nanoTime() + LONGEST_REST.toNanos();
        do {
            Range.pause(Duration.ofSeconds(2));
        } while (shoppers.inside() > 2L * range.shoppers() && System.nanoTime() < end);
    }

    private static void claim(Result result, String measure, Histogram micros) {
        double p95 = micros.getValueAtPercentile(95) / 1_000.0;
        result.claim(
                measure + " p95",
                String.format(
                        "%.1f ms (%d answers; p50 / p95 / p99 %s)", p95, micros.getTotalCount(), percentiles(micros)),
                "< " + BAR_MILLIS + " ms",
                micros.getTotalCount() > 0 && p95 < BAR_MILLIS);
    }

    private static void claimWithout(Result result, String step, Shoppers.Found found, ProviderTimes provider) {
        Histogram ours = new Histogram(3);
        Histogram theirs = new Histogram(3);
        found.payments().stream().filter(asked -> asked.step().equals(step)).forEach(asked -> {
            long took = Duration.between(asked.from(), asked.to()).toNanos() / 1_000;
            long provided = provider.microsWithin(asked);
            theirs.recordValue(provided);
            ours.recordValue(Math.max(0, took - provided));
        });
        claim(result, step + " without the provider's own time,", ours);
        result.context(step + ": the provider's own, p50 / p95 / p99", percentiles(theirs));
    }

    private static String percentiles(Histogram micros) {
        return String.format(
                "%.1f / %.1f / %.1f ms",
                micros.getValueAtPercentile(50) / 1_000.0,
                micros.getValueAtPercentile(95) / 1_000.0,
                micros.getValueAtPercentile(99) / 1_000.0);
    }
}
