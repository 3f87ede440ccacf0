package io.onsale.loadtest.fault;

import io.onsale.loadtest.Arguments;
import io.onsale.loadtest.Complaint;
import io.onsale.loadtest.stack.LocalStack;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/** {@code ./onsale fault NAME|all|random}: strikes while a crowd shops, waits until all is quiet, and asks the auditor. */
public final class FaultCommand {

    private FaultCommand() {}

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
        LocalStack stack = LocalStack.find();
        boolean isRandom = arguments.words().contains("random");
        // What comes second into a crowd may find that it has gone.
        Case runner = new Case(stack, List.of("--buyers=" + buyers, "--seats=" + seats, "--limit=600"), !isRandom);
        List<Case.Row> rows = isRandom
                ? random(stack, runner, seed, Duration.ofMinutes(minutes))
                : scripted(stack, runner, seed, choose(arguments.words()));
        print(rows, seed);
        return rows.stream().allMatch(Case.Row::holds) ? 0 : 1;
    }

    private static List<Case.Row> scripted(LocalStack stack, Case runner, long seed, List<Fault> faults) {
        if (faults.stream().anyMatch(Fault::throughProxy)) {
            new Victims(stack).upThroughProxy();
        }
        List<Case.Row> rows = new ArrayList<>();
        faults.forEach(fault -> rows.add(runner.run(fault, seed)));
        return rows;
    }

    /** One crowd after another, each struck by faults that need no apps of their own. */
    private static List<Case.Row> random(LocalStack stack, Case runner, long seed, Duration length) {
        new Victims(stack).upThroughProxy();
        List<Fault> choice = Faults.all().stream()
                .filter(fault -> fault.settings().isEmpty() && fault.crowd().isEmpty())
                .toList();
        SplittableRandom random = new SplittableRandom(seed);
        List<Case.Row> rows = new ArrayList<>();
        long end = System.nanoTime() + length.toNanos();
        while (System.nanoTime() < end) {
            rows.add(runner.run(several(choice, random), random.nextLong(1_000_000)));
        }
        return rows;
    }

    /**
     * One, two or three different ones: a fault that is counted, not timed, would last twice as long when it strikes twice. Who is killed
     * at an instant must be caught in it, and only the first fault finds the whole crowd there.
     */
    private static Fault several(List<Fault> choice, SplittableRandom random) {
        Fault fault = choice.get(random.nextInt(choice.size()));
        String first = fault.name();
        Set<String> instants = InstantFaults.all().stream().map(Fault::name).collect(Collectors.toSet());
        List<Fault> left = choice.stream()
                .filter(other -> !other.name().equals(first) && !instants.contains(other.name()))
                .collect(Collectors.toCollection(ArrayList::new));
        for (int more = random.nextInt(3); more > 0; more--) {
            fault = fault.then(left.remove(random.nextInt(left.size())));
        }
        return fault;
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

    private static void print(List<Case.Row> rows, long seed) {
        System.out.println("\nseed " + seed + "\n| fault | expected | observed | |\n|---|---|---|---|");
        rows.forEach(row -> System.out.printf(
                "| %s | %s | %s | %s |%n",
                row.fault(), row.expected(), row.observed(), row.holds() ? "held" : "BROKEN"));
    }

    private static String usage() {
        return "./onsale fault NAME...|all|random [--seed N] [--minutes M] [--buyers 200] [--seats 60]\n"
                + Faults.all().stream()
                        .map(fault -> String.format("  %-26s %s", fault.name(), fault.expected()))
                        .collect(Collectors.joining("\n"));
    }
}
