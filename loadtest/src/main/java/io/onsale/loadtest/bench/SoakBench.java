package io.onsale.loadtest.bench;

import io.onsale.loadtest.Complaint;
import io.onsale.loadtest.demo.Stage;
import io.onsale.loadtest.people.Buyers.Buyer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * An ordinary day for half an hour: many look around, some queue and buy, and each app's live memory (after a full collection) is weighed
 * again and again. Apps have to look for leaked buffers meanwhile.
 */
final class SoakBench implements Bench {

    private static final int BUYERS_PER_SECOND = 2;
    private static final int BROWSERS_PER_SECOND = 20;
    private static final int PEOPLE = 4_000;
    private static final int WEIGHINGS = 9;
    private static final double FLAT = 1.10;
    private static final Duration WARM_UP = Duration.ofMinutes(2);
    private static final Duration REST = Duration.ofSeconds(20);

    @Override
    public String name() {
        return "soak";
    }

    @Override
    public boolean isOneOfAll() {
        return false;
    }

    @Override
    public String measures() {
        return "an ordinary day for --minutes 30: live memory flat, no leaked buffer, no error (start the apps with"
                + " ONSALE_JAVA_OPTIONS=-Dio.netty.leakDetection.level=paranoid)";
    }

    @Override
    public Result run(Range range) {
        List<String> apps = range.gatewayAnd("queue");
        apps.addAll(range.instances("ticketing"));
        requireLeakDetection(range, apps);
        LeakReports leaks = LeakReports.from(range.stack(), apps);
        Result result = new Result(name());
        Map<String, List<Double>> weights;
        if (range.bringsLoad()) {
            weights = underLoad(range, apps, result);
        } else {
            weights = weigh(range, apps);
        }
        weights.forEach((app, mebibytes) -> judge(result, app, mebibytes));
        List<String> found = leaks.found();
        return result.claim("leaked buffers reported", found.size() + " " + found, "0", found.isEmpty());
    }

    private static void requireLeakDetection(Range range, List<String> apps) {
        for (String app : apps) {
            try (Jvm jvm = Jvm.of(range.stack(), app)) {
                if (!jvm.property("io.netty.leakDetection.level").matches("(?i)paranoid|advanced")) {
                    throw new Complaint(app + " does not look for leaks. Start it again: ./onsale down;"
                            + " ONSALE_JAVA_OPTIONS=-Dio.netty.leakDetection.level=paranoid ./onsale up");
                }
            }
        }
    }

    private static Map<String, List<Double>> underLoad(Range range, List<String> apps, Result result) {
        warmUp(range, result);
        int shoppers = (int) (BUYERS_PER_SECOND * range.soak().toSeconds());
        Stage stage = range.onSale(shoppers, BUYERS_PER_SECOND * 5);
        List<Buyer> people = range.buyers(PEOPLE + shoppers);
        try (Gun gun = new Gun(128);
                Shoppers buying =
                        new Shoppers(range, stage, people.subList(PEOPLE, people.size()), BUYERS_PER_SECOND)) {
            CompletableFuture<Volley> looking = CompletableFuture.supplyAsync(
                    () -> new OpenLoad(gun, code -> code == 200)
                            .run(BROWSERS_PER_SECOND, range.soak(), i -> look(range, stage, people.get(i % PEOPLE), i)),
                    task -> new Thread(task, "browsers").start());
            Map<String, List<Double>> weights = weigh(range, apps);
            Volley looked = looking.join();
            Range.pause(REST);
            Shoppers.Found found = buying.found();
            found.latencies()
                    .forEach((step, micros) -> result.context(
                            step + " p50 / p95",
                            String.format(
                                    "%.1f / %.1f ms",
                                    micros.getValueAtPercentile(50) / 1_000.0,
                                    micros.getValueAtPercentile(95) / 1_000.0)));
            result.context("tickets bought", Long.toString(found.bought()));
            result.claim(
                    "errors",
                    found.errors() + looked.errors() + " in shop " + found.failures() + ", looking " + looked.endings(),
                    "0",
                    found.errors() + looked.errors() == 0);
            return weights;
        }
    }

    /** The same for a while, which does not count: apps that look at every buffer and have just started answer late. */
    private static void warmUp(Range range, Result result) {
        int shoppers = (int) (BUYERS_PER_SECOND * WARM_UP.toSeconds());
        Stage stage = range.onSale(shoppers, BUYERS_PER_SECOND * 5);
        List<Buyer> people = range.buyers(2 * shoppers);
        try (Gun gun = new Gun(128);
                Shoppers buying =
                        new Shoppers(range, stage, people.subList(shoppers, 2 * shoppers), BUYERS_PER_SECOND)) {
            Range.say("warming up");
            Volley looked = new OpenLoad(gun, code -> code == 200)
                    .run(BROWSERS_PER_SECOND, WARM_UP, i -> look(range, stage, people.get(i % shoppers), i));
            Range.pause(REST);
            result.context(
                    "errors while warming up, not counted",
                    Long.toString(buying.found().errors() + looked.errors()));
        }
    }

    private static Shot look(Range range, Stage stage, Buyer reader, int number) {
        String path = switch (number % 3) {
            case 0 -> "/events?size=20";
            case 1 -> "/events/" + stage.eventId();
            default -> "/reservations/seats/" + stage.performanceId();
        };
        return Shot.get(range.api() + path, reader.accessToken(), reader.address());
    }

    /** Nine times, the first after a tenth of the time: what is made once for all is there by then. */
    private static Map<String, List<Double>> weigh(Range range, List<String> apps) {
        Map<String, List<Double>> weights = new LinkedHashMap<>();
        long began = System.nanoTime();
        for (int weighing = 1; weighing <= WEIGHINGS; weighing++) {
            Duration due = range.soak().multipliedBy(weighing).dividedBy(WEIGHINGS + 1);
            Range.pause(due.minusNanos(System.nanoTime() - began));
            for (String app : apps) {
                try (Jvm jvm = Jvm.of(range.stack(), app)) {
                    weights.computeIfAbsent(app, name -> new ArrayList<>())
                            .add(jvm.live().kibibytesEach(1) / 1_024);
                }
            }
            int last = weighing - 1;
            StringBuilder said = new StringBuilder();
            weights.forEach((app, all) -> said.append(String.format("%s %.1f MiB ", app, all.get(last))));
            Range.say(said.toString().strip());
        }
        Range.pause(range.soak().minusNanos(System.nanoTime() - began));
        return weights;
    }

    /** The median of the last three against that of the first three. */
    private static void judge(Result result, String app, List<Double> mebibytes) {
        double first = Pairs.median(mebibytes.subList(0, 3));
        double last = Pairs.median(mebibytes.subList(WEIGHINGS - 3, WEIGHINGS));
        result.claim(
                app + ": live memory, last third / first third",
                String.format("%.3f (%.1f / %.1f MiB)", last / first, last, first),
                "<= " + FLAT,
                last / first <= FLAT);
    }
}
