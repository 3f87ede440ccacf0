package io.onsale.loadtest.bench;

import io.onsale.loadtest.Arguments;
import io.onsale.loadtest.Complaint;
import io.onsale.loadtest.stack.LocalStack;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** {@code ./onsale bench NAME}. */
public final class BenchCommand {

    private static final int PAIRS = 5;
    private static final int SLICE = 5;
    private static final int SHOPPERS = 10;
    private static final int SOAK_MINUTES = 30;

    private static final List<Bench> BENCHES = List.of(
            new AdmissionBench(false),
            new StreamsBench(),
            new GrowthBench(),
            new EnterCostBench(),
            new GatewayTaxBench(),
            new TokenCostBench(),
            new AdmissionBench(true),
            new LineLossBench(LineLossBench.Loss.WIPED),
            new LineLossBench(LineLossBench.Loss.REWOUND),
            new ReadsBench(),
            new HallBench(),
            new JourneyBench(),
            new SoakBench(),
            // These ask for more than a small machine has.
            new EnterBench(),
            new GoodputBench(),
            // What they hold runs out for minutes afterwards.
            new OutboxBench(),
            new HoldBench(),
            // Stops and starts everything, so what came after it would be measured on apps that have just started.
            new StartupBench());

    private BenchCommand() {}

    /** Exit code: 0 when every bar is met, 1 when one is missed. */
    public static int run(Arguments arguments) {
        Duration slice = Duration.ofSeconds(arguments.number("slice", SLICE, 1, 600));
        int pairs = arguments.number("pairs", PAIRS, 1, 100);
        long seed = arguments.seed("seed");
        int arrivals = arguments.number("arrivals", 0, 0, 10_000);
        int shoppers = arguments.number("shoppers", SHOPPERS, 1, 1_000);
        Duration soak = Duration.ofMinutes(arguments.number("minutes", SOAK_MINUTES, 1, 1_440));
        boolean bringsLoad = !arguments.text("load", "own").equals("none");
        boolean record = !arguments.flag("no-record");
        if (arguments.flag("help") || arguments.words().isEmpty()) {
            System.out.println(usage());
            return 0;
        }
        arguments.refuseUnknown();
        List<Bench> chosen = choose(arguments.words());
        LocalStack stack = LocalStack.find();
        Range range = new Range(stack, pairs, slice, arrivals, shoppers, soak, bringsLoad);
        Records records = new Records(root(stack), options(range), seed);
        List<Result> results = new ArrayList<>();
        for (Bench bench : chosen) {
            System.out.println(bench.name() + ": " + bench.measures());
            Result result = measure(bench, range);
            print(result);
            results.add(result);
            if (record) {
                records.keep(result);
            }
        }
        if (results.size() > 1) {
            System.out.println("\n" + records.table(results));
            if (record) {
                records.keep(String.join(" ", arguments.words()), results);
            }
        }
        return results.stream().allMatch(Result::met) ? 0 : 1;
    }

    /** One that fails is a missed one; the others go on. */
    private static Result measure(Bench bench, Range range) {
        Processes processes = new Processes(range.stack());
        Map<String, Double> before = processes.cpuSeconds();
        try {
            return bench.run(range).wholeCpu(Processes.between(before, processes.cpuSeconds()));
        } catch (Complaint complaint) {
            return Result.failed(bench.name(), String.valueOf(complaint.getMessage()));
        } catch (RuntimeException failure) {
            failure.printStackTrace();
            return Result.failed(bench.name(), failure.toString());
        }
    }

    private static String options(Range range) {
        return (range.pairs() == PAIRS ? "" : " --pairs " + range.pairs())
                + (range.slice().toSeconds() == SLICE
                        ? ""
                        : " --slice " + range.slice().toSeconds())
                + (range.arrivals() == 0 ? "" : " --arrivals " + range.arrivals())
                + (range.shoppers() == SHOPPERS ? "" : " --shoppers " + range.shoppers())
                + (range.soak().toMinutes() == SOAK_MINUTES
                        ? ""
                        : " --minutes " + range.soak().toMinutes())
                + (range.bringsLoad() ? "" : " --load none");
    }

    private static List<Bench> choose(List<String> names) {
        if (names.contains("all")) {
            return BENCHES.stream().filter(Bench::isOneOfAll).toList();
        }
        return names.stream()
                .map(name -> BENCHES.stream()
                        .filter(bench -> bench.name().equals(name))
                        .findFirst()
                        .orElseThrow(() -> new Complaint("there is no bench " + name + "\n" + usage())))
                .toList();
    }

    private static void print(Result result) {
        result.rows()
                .forEach(row -> System.out.printf(
                        "  %-7s %-48s %s%s%n",
                        row.met(),
                        row.measure(),
                        row.value(),
                        row.bar().isEmpty() ? "" : "   (bar " + row.bar() + ")"));
    }

    private static Path root(LocalStack stack) {
        return Objects.requireNonNull(stack.directory().getParent());
    }

    private static String usage() {
        return "./onsale bench NAME...|all   against the running system; results are added to loadtest/RESULTS.md;\n"
                + "all of them end with one table; those that kill something and the soak are not among all\n"
                + BENCHES.stream()
                        .map(bench -> String.format("  %-16s %s", bench.name(), bench.measures()))
                        .collect(Collectors.joining("\n"))
                + "\n  --pairs 5      pairs of A and B\n  --slice 5      seconds that A or B runs at a time\n"
                + "  --arrivals N   a second, where a crowd comes (enter, journey); else the bench seeks what is carried\n"
                + "  --shoppers 10  a second, who are let in and buy beside it (journey)\n"
                + "  --minutes 30   how long the soak takes\n"
                + "  --load none    the soak only weighs, while k6 or Gatling bring its load\n"
                + "  --no-record    print only";
    }
}
