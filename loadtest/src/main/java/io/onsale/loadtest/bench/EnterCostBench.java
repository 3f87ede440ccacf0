package io.onsale.loadtest.bench;

import io.onsale.loadtest.Json;
import io.onsale.loadtest.demo.Stage;
import io.onsale.loadtest.people.Buyers.Buyer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/**
 * What entering the line costs against the cheapest authenticated POST through the same gateway: answers per second, CPU of gateway,
 * queue-app and Redis, and bytes allocated by gateway and queue-app.
 */
final class EnterCostBench implements Bench {

    private static final int CLIENTS = 64;
    private static final int PEOPLE = 60_000;
    private static final int OTHERS = 20_000;

    @Override
    public String name() {
        return "enter-cost";
    }

    @Override
    public String measures() {
        return "POST /queue/enter / an empty authenticated POST, through the gateway: throughput, CPU, allocation";
    }

    /** One slice: answers per second, CPU milliseconds and bytes per answer. */
    private record Slice(double perSecond, double cpuMillis, double bytes) {}

    @Override
    public Result run(Range range) {
        Stage stage = range.onSale(100, 1);
        List<Buyer> buyers = range.buyers(PEOPLE);
        Stage rehearsal = range.onSale(100, 1);
        List<Buyer> others = range.buyers(OTHERS); // nobody may wait in two lines
        AtomicInteger fresh = new AtomicInteger();
        String enter = range.api() + "/queue/enter";
        String ping = range.api() + "/queue/ping";
        IntFunction<Shot> entering = i -> enter(enter, buyers.get(fresh.getAndIncrement() % PEOPLE), stage);
        IntFunction<Shot> rehearsing = i -> enter(enter, others.get(i % OTHERS), rehearsal);
        IntFunction<Shot> pinging = i -> {
            Buyer buyer = buyers.get(i % PEOPLE);
            return Shot.post(ping, buyer.accessToken(), buyer.address());
        };
        List<String> apps = range.gatewayAnd("queue");
        try (Gun gun = new Gun(CLIENTS * 2);
                Jvms jvms = Jvms.of(range.stack(), apps)) {
            ClosedLoad load = new ClosedLoad(gun, CLIENTS, code -> code / 100 == 2);
            load.warmUp(rehearsing);
            load.warmUp(pinging);
            Errors errors = new Errors();
            List<Slice> a = new ArrayList<>();
            List<Slice> b = new ArrayList<>();
            Pairs throughput = Pairs.run(
                    range.pairs(),
                    () -> measure(range, load, jvms, entering, errors, a),
                    () -> measure(range, load, jvms, pinging, errors, b),
                    Range::say);
            Result result = new Result(name())
                    .ratio("enter / empty POST, throughput", throughput, "answers/s", 0.70, true)
                    .ratio("enter / empty POST, CPU", of(a, b, true), "CPU-ms each", 1.5, false)
                    .ratio("enter / empty POST, allocation", of(a, b, false), "bytes each", 2.0, false);
            if (fresh.get() > PEOPLE) {
                result.context("people who entered again", Integer.toString(fresh.get() - PEOPLE));
            }
            errors.report(result);
            return Flight.report(
                    result,
                    new Flight(range, "enter", apps, () -> load.run(range.slice(), entering)),
                    new Flight(range, "empty POST", apps, () -> load.run(range.slice(), pinging)));
        }
    }

    private static Shot enter(String url, Buyer buyer, Stage stage) {
        return Shot.post(
                url, buyer.accessToken(), buyer.address(), Json.object().put("eventId", stage.eventId()));
    }

    private static double measure(
            Range range, ClosedLoad load, Jvms jvms, IntFunction<Shot> shots, Errors errors, List<Slice> slices) {
        Processes processes = new Processes(range.stack());
        Map<String, Double> cpuBefore = processes.cpuSeconds();
        long bytesBefore = jvms.allocatedBytes();
        Volley volley = errors.of(load.run(range.slice(), shots));
        long bytes = jvms.allocatedBytes() - bytesBefore;
        Map<String, Double> used = Processes.between(cpuBefore, processes.cpuSeconds());
        double cpu = used.getOrDefault("redis", 0.0)
                + range.gatewayAnd("queue").stream()
                        .mapToDouble(name -> used.getOrDefault(name, 0.0))
                        .sum();
        slices.add(new Slice(
                volley.perSecond(), cpu * 1_000 / volley.good(), (double) bytes / Math.max(1, volley.good())));
        return volley.perSecond();
    }

    private static Pairs of(List<Slice> a, List<Slice> b, boolean cpu) {
        return new Pairs(
                a.stream().map(slice -> cpu ? slice.cpuMillis : slice.bytes).toList(),
                b.stream().map(slice -> cpu ? slice.cpuMillis : slice.bytes).toList());
    }
}
