package io.onsale.loadtest.bench;

import io.onsale.loadtest.Arguments;
import io.onsale.loadtest.Complaint;
import io.onsale.loadtest.stack.LocalStack;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** {@code ./onsale bench NAME}. */
public final class BenchCommand {

    private static final List<Bench> BENCHES = List.of(
            new EnterBench(),
            new GoodputBench(),
            new AdmissionBench(false),
            new StreamsBench(),
            new GrowthBench(),
            new EnterCostBench(),
            new GatewayTaxBench(),
            new TokenCostBench(),
            new HoldBench(),
            new AdmissionBench(true),
            new LineLossBench(LineLossBench.Loss.WIPED),
            new LineLossBench(LineLossBench.Loss.REWOUND),
            new OutboxBench(),
            new StartupBench(),
            new ReadsBench(),
            new HallBench());

    private BenchCommand() {}

    /** Exit code: 0 when every bar is met, 1 when one is missed. */
    public static int run(Arguments arguments) {
        Duration slice = Duration.ofSeconds(arguments.number("slice", 5, 1, 600));
        int pairs = arguments.number("pairs", 5, 1, 100);
        long seed = arguments.seed("seed");
        boolean record = !arguments.flag("no-record");
        if (arguments.flag("help") || arguments.words().isEmpty()) {
            System.out.println(usage());
            return 0;
        }
        arguments.refuseUnknown();
        List<Bench> chosen = choose(arguments.words());
        LocalStack stack = LocalStack.find();
        Range range = new Range(stack, pairs, slice);
        Records records = new Records(root(stack), seed);
        boolean met = true;
        for (Bench bench : chosen) {
            System.out.println(bench.name() + ": " + bench.measures());
            Result result = bench.run(range);
            print(result);
            if (record) {
                records.keep(result);
            }
            met &= result.met();
        }
        return met ? 0 : 1;
    }

    private static List<Bench> choose(List<String> names) {
        if (names.contains("all")) {
            return BENCHES.stream().filter(Bench::isPeaceful).toList();
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
                + "those that kill something are not among all\n"
                + BENCHES.stream()
                        .map(bench -> String.format("  %-16s %s", bench.name(), bench.measures()))
                        .collect(Collectors.joining("\n"))
                + "\n  --pairs 5      pairs of A and B\n  --slice 5      seconds that A or B runs at a time\n"
                + "  --no-record    print only";
    }
}
