package io.onsale.loadtest.bench;

import io.onsale.loadtest.Json;
import io.onsale.loadtest.demo.Stage;
import io.onsale.loadtest.people.Buyers.Buyer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.IntFunction;

/**
 * What entering and asking cost queue-app and Redis with 1,000, 10,000 and 50,000 people in line: CPU per answer, each size against
 * the smallest, measured in turn. Newcomers leave again (unmeasured), so that a line keeps its length.
 */
final class GrowthBench implements Bench {

    private static final List<Integer> SIZES = List.of(1_000, 10_000, 50_000);
    private static final int CLIENTS = 32;
    private static final int NEWCOMERS = 1_000;
    private static final int QUESTIONS = 4_000;
    private static final List<String> SERVICES = List.of("queue-1", "redis");
    private static final double FLAT = 1.2;

    @Override
    public String name() {
        return "growth";
    }

    @Override
    public String measures() {
        return "enter and status with 1,000 / 10,000 / 50,000 people in line: CPU of queue-app and Redis per answer";
    }

    /**
     * A line of one size.
     *
     * @param askers as many in a long line as in a short one: a token that was verified a moment ago is remembered, whatever the line
     */
    private record Line(int size, Stage stage, List<Buyer> askers) {}

    /** CPU milliseconds per answer, those of Redis alone, and answers per second, in the order of the rounds. */
    private record Costs(List<Double> cpu, List<Double> redis, List<Double> perSecond) {

        Costs() {
            this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        }
    }

    @Override
    public Result run(Range range) {
        try (Gun gun = new Gun(CLIENTS * 2)) {
            ClosedLoad load = new ClosedLoad(gun, CLIENTS, code -> code / 100 == 2);
            List<Line> lines =
                    SIZES.stream().map(size -> line(range, load, size)).toList();
            List<Buyer> newcomers = range.buyers(NEWCOMERS);
            Map<Integer, Costs> enter = new LinkedHashMap<>();
            Map<Integer, Costs> status = new LinkedHashMap<>();
            Errors errors = new Errors();
            for (int round = -1; round < range.pairs(); round++) {
                boolean isWarmUp = round < 0;
                for (Line line : round % 2 == 0 ? lines : reversed(lines)) {
                    measure(
                            range,
                            load,
                            line,
                            newcomers,
                            errors,
                            costs(enter, line, isWarmUp),
                            costs(status, line, isWarmUp));
                }
                Range.say("round " + (round + 1) + ": enter " + last(enter) + ", status " + last(status) + " CPU-ms");
            }
            Result result = new Result(name());
            judge(result, "enter", enter);
            judge(result, "status", status);
            return errors.report(result);
        }
    }

    private static Costs costs(Map<Integer, Costs> all, Line line, boolean isWarmUp) {
        return isWarmUp ? new Costs() : all.computeIfAbsent(line.size, size -> new Costs());
    }

    private static Line line(Range range, ClosedLoad load, int size) {
        Stage stage = range.onSale(100, 1);
        new Operator(range.stack()).pause(stage.eventId());
        List<Buyer> people = range.buyers(size);
        load.fire(size, i -> enter(range, stage, people.get(i)));
        Range.say(size + " in line");
        List<Buyer> askers = new ArrayList<>(people);
        Collections.shuffle(askers, new Random(size));
        return new Line(size, stage, List.copyOf(askers.subList(0, SIZES.get(0))));
    }

    private static void measure(
            Range range, ClosedLoad load, Line line, List<Buyer> newcomers, Errors errors, Costs enter, Costs status) {
        cost(range, load, errors, enter, NEWCOMERS, i -> enter(range, line.stage, newcomers.get(i)));
        SplittableRandom random = new SplittableRandom(line.size);
        cost(range, load, errors, status, QUESTIONS, i -> {
            Buyer buyer = line.askers.get(random.nextInt(line.askers.size()));
            String url = direct(range) + "/status?eventId=" + line.stage.eventId();
            return Shot.get(url, buyer.accessToken(), buyer.address());
        });
        errors.of(load.fire(NEWCOMERS, i -> {
            Buyer buyer = newcomers.get(i);
            String url = direct(range) + "/leave?eventId=" + line.stage.eventId();
            return Shot.delete(url, buyer.accessToken(), buyer.address());
        }));
    }

    private static void cost(
            Range range, ClosedLoad load, Errors errors, Costs costs, int count, IntFunction<Shot> shots) {
        Processes processes = new Processes(range.stack());
        Map<String, Double> before = processes.cpuSeconds();
        Volley volley = errors.of(load.fire(count, shots));
        Map<String, Double> used = Processes.between(before, processes.cpuSeconds());
        double cpu = SERVICES.stream()
                .mapToDouble(name -> used.getOrDefault(name, 0.0))
                .sum();
        costs.cpu.add(cpu * 1_000 / count);
        costs.redis.add(used.getOrDefault("redis", 0.0) * 1_000 / count);
        costs.perSecond.add(volley.perSecond());
    }

    private static Shot enter(Range range, Stage stage, Buyer buyer) {
        var body = Json.object().put("eventId", stage.eventId());
        return Shot.post(direct(range) + "/enter", buyer.accessToken(), buyer.address(), body);
    }

    private static String direct(Range range) {
        return range.stack().queueApp(1) + "/api/v1/queue";
    }

    private static void judge(Result result, String what, Map<Integer, Costs> costs) {
        Costs least = costs.getOrDefault(SIZES.get(0), new Costs());
        for (int size : SIZES.subList(1, SIZES.size())) {
            Costs of = costs.getOrDefault(size, new Costs());
            String measure = String.format("%s with %,d / %,d in line, CPU", what, size, SIZES.get(0));
            result.ratio(measure, new Pairs(of.cpu, least.cpu), "CPU-ms each", FLAT, false);
        }
        costs.forEach((size, of) -> result.context(
                String.format("%s with %,d in line", what, size),
                String.format(
                        "%.0f answers/s, of the CPU Redis's own %.2f ms each (medians)",
                        Pairs.median(of.perSecond), Pairs.median(of.redis))));
    }

    private static String last(Map<Integer, Costs> costs) {
        List<String> figures = costs.values().stream()
                .map(of -> String.format("%.3f", of.cpu.get(of.cpu.size() - 1)))
                .toList();
        return String.join(" / ", figures);
    }

    private static List<Line> reversed(List<Line> lines) {
        List<Line> back = new ArrayList<>(lines);
        java.util.Collections.reverse(back);
        return back;
    }
}
