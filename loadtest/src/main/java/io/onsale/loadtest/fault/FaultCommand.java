package io.onsale.loadtest.fault;

import io.onsale.loadtest.Arguments;
import io.onsale.loadtest.Complaint;
import io.onsale.loadtest.audit.Finding;
import io.onsale.loadtest.demo.Crowd;
import io.onsale.loadtest.demo.Show;
import io.onsale.loadtest.stack.LocalStack;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/** {@code ./onsale fault NAME|all|random}: strikes while a crowd shops, waits until all is quiet, and asks the auditor. */
public final class FaultCommand {

    private static final Duration SETTLES_WITHIN = Duration.ofSeconds(150);

    private FaultCommand() {}

    private record Row(String fault, String expected, String observed, boolean holds) {}

    /** Exit code: 0 when the invariants survived every case. */
    public static int run(Arguments arguments) {
        long seed = arguments.seed("seed");
        int minutes = arguments.number("minutes", 5, 1, 600);
        int buyers = arguments.number("buyers", 200, 1, 10_000);
        int seats = arguments.number("seats", 60, 1, 10_000);
        if (arguments.flag("help") || arguments.words().isEmpty()) {
            System.out.println(usage());
            return 0;
        }
        arguments.refuseUnknown();
        List<Row> rows = new ArrayList<>();
        LocalStack stack = LocalStack.find();
        if (arguments.words().contains("random")) {
            SplittableRandom random = new SplittableRandom(seed);
            long end = System.nanoTime() + Duration.ofMinutes(minutes).toNanos();
            while (System.nanoTime() < end) {
                Fault fault = Faults.all().get(random.nextInt(Faults.all().size()));
                rows.add(strike(stack, fault, random.nextLong(1_000_000), buyers, seats));
            }
        } else {
            for (Fault fault : choose(arguments.words())) {
                rows.add(strike(stack, fault, seed, buyers, seats));
            }
        }
        print(rows, seed);
        return rows.stream().allMatch(Row::holds) ? 0 : 1;
    }

    private static Row strike(LocalStack stack, Fault fault, long seed, int buyers, int seats) {
        System.out.println("\n" + fault.name() + " (seed " + seed + ")");
        Arguments crowdArguments =
                Arguments.parse(List.of("--buyers=" + buyers, "--seats=" + seats, "--seed=" + seed, "--limit=600"));
        Strike strike = new Strike(stack, new Victims(stack), new SplittableRandom(seed));
        List<RuntimeException> failures = new ArrayList<>();
        try {
            Show.Outcome outcome = new Show(stack, Crowd.of(crowdArguments), System.out, SETTLES_WITHIN).run(() -> {
                try {
                    fault.strike().accept(strike);
                } catch (RuntimeException e) {
                    failures.add(e);
                }
            });
            String broken = outcome.broken().stream().map(Finding::line).collect(Collectors.joining("; "));
            String failed = failures.isEmpty()
                    ? ""
                    : " (the strike failed: " + failures.get(0).getMessage() + ")";
            return new Row(
                    fault.name(),
                    fault.expected(),
                    outcome.summary() + failed + (broken.isEmpty() ? "" : " BROKEN: " + broken),
                    outcome.holds() && failures.isEmpty() && (outcome.servedAll() || !fault.servesAll()));
        } catch (RuntimeException e) {
            return new Row(fault.name(), fault.expected(), "the run failed: " + e.getMessage(), false);
        } finally {
            strike.providerWell();
            strike.victims().up();
        }
    }

    private static List<Fault> choose(List<String> names) {
        if (names.contains("all")) {
            return Faults.all();
        }
        return names.stream()
                .map(name -> Faults.all().stream()
                        .filter(fault -> fault.name().equals(name))
                        .findFirst()
                        .orElseThrow(() -> new Complaint("there is no fault " + name + "\n" + usage())))
                .toList();
    }

    private static void print(List<Row> rows, long seed) {
        System.out.println("\nseed " + seed + "\n| fault | expected | observed | |\n|---|---|---|---|");
        rows.forEach(row -> System.out.printf(
                "| %s | %s | %s | %s |%n", row.fault, row.expected, row.observed, row.holds ? "held" : "BROKEN"));
    }

    private static String usage() {
        return "./onsale fault NAME...|all|random [--seed N] [--minutes M] [--buyers 200] [--seats 60]\n"
                + Faults.all().stream()
                        .map(fault -> String.format("  %-20s %s", fault.name(), fault.expected()))
                        .collect(Collectors.joining("\n"));
    }
}
