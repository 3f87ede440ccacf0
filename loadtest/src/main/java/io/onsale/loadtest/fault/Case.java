package io.onsale.loadtest.fault;

import io.onsale.loadtest.Arguments;
import io.onsale.loadtest.audit.Finding;
import io.onsale.loadtest.demo.Crowd;
import io.onsale.loadtest.demo.Show;
import io.onsale.loadtest.stack.LocalStack;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One fault into one crowd: the strike, the quiet after it, the books. */
final class Case {

    private static final Duration SETTLES_WITHIN = Duration.ofSeconds(150);

    /** A line of the table. */
    record Row(String fault, String expected, String observed, boolean holds) {}

    private final LocalStack stack;
    private final Victims victims;
    private final List<String> crowd;
    private final boolean mustStrike;

    /** @param mustStrike whether a strike that found nobody to strike is a failure */
    Case(LocalStack stack, List<String> crowd, boolean mustStrike) {
        this.stack = stack;
        this.victims = new Victims(stack);
        this.crowd = crowd;
        this.mustStrike = mustStrike;
    }

    Row run(Fault fault, long seed) {
        System.out.println("\n" + fault.name() + " (seed " + seed + ")");
        List<String> arguments = new ArrayList<>(crowd);
        arguments.addAll(fault.crowd());
        arguments.add("--seed=" + seed);
        Strike strike = new Strike(stack, victims, new SplittableRandom(seed), new AtomicReference<>(""));
        List<RuntimeException> failures = new ArrayList<>();
        try {
            if (!fault.settings().isEmpty()) {
                victims.up(fault.settings());
            }
            Show.Outcome outcome = new Show(stack, Crowd.of(Arguments.parse(arguments)), System.out, SETTLES_WITHIN)
                    .run(event -> beside(fault, strike, event, failures));
            return row(fault, outcome, new Rest(stack, victims.instances("ticketing")).findings(), failures);
        } catch (RuntimeException e) {
            return new Row(fault.name(), fault.expected(), "the run failed: " + e.getMessage(), false);
        } finally {
            strike.providerWell();
            if (fault.throughProxy()) {
                strike.proxy().well();
            }
            victims.up();
        }
    }

    private static void beside(Fault fault, Strike strike, String event, List<RuntimeException> failures) {
        strike.event().set(event);
        try {
            fault.strike().accept(strike);
        } catch (RuntimeException e) {
            Victims.say("the strike failed: " + e);
            failures.add(e);
        }
    }

    private Row row(Fault fault, Show.Outcome outcome, List<Finding> rest, List<RuntimeException> failures) {
        String broken = Stream.concat(outcome.broken().stream(), rest.stream().filter(finding -> !finding.holds()))
                .map(Finding::line)
                .collect(Collectors.joining("; "));
        String failed = failures.isEmpty()
                ? ""
                : " (the strike failed: " + failures.get(0).getMessage() + ")";
        String observed = outcome.summary() + failed + (broken.isEmpty() ? "" : " BROKEN: " + broken);
        boolean struck = failures.stream().allMatch(failure -> !mustStrike && failure instanceof StruckNobodyException);
        boolean holds = broken.isEmpty() && struck && (outcome.servedAll() || !fault.servesAll());
        System.out.println("    = " + (holds ? "held: " : "BROKEN: ") + observed);
        return new Row(fault.name(), fault.expected(), observed, holds);
    }
}
