package io.onsale.loadtest.demo;

import io.onsale.loadtest.Arguments;
import io.onsale.loadtest.stack.LocalStack;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** {@code ./onsale demo}: a crowd, an event, and the books afterwards. */
public final class Demo {

    private static final Duration SETTLES_WITHIN = Duration.ofSeconds(60);

    private Demo() {}

    /** Exit code: 0 when everything holds, 1 when an invariant is broken. */
    public static int run(Arguments arguments) {
        if (arguments.flag("help")) {
            System.out.println(Crowd.USAGE);
            return 0;
        }
        Crowd crowd = Crowd.of(arguments);
        int rehearsal = arguments.number("rehearsal", 200, 0, 10_000);
        arguments.refuseUnknown();
        LocalStack stack = LocalStack.find();
        if (rehearsal > 0) {
            rehearse(stack, crowd.rehearsal(rehearsal));
        }
        Show.Outcome outcome = new Show(stack, crowd, System.out, SETTLES_WITHIN).run(event -> {});
        new Report(outcome).print(System.out);
        System.out.println("\n" + verdict(outcome));
        return outcome.holds() && outcome.servedAnybody() ? 0 : 1;
    }

    private static void rehearse(LocalStack stack, Crowd crowd) {
        System.out.printf(
                "Rehearsing with %d buyers, so that what is measured is warm (about %d s; --rehearsal 0 leaves it out) ...%n",
                crowd.buyers(), crowd.arrival().toSeconds() + 15);
        PrintStream silence = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        Show.Outcome outcome = new Show(stack, crowd, silence, SETTLES_WITHIN).run(event -> {});
        System.out.println("Rehearsed: " + outcome.summary());
    }

    /** Promises that nobody used are not kept. */
    private static String verdict(Show.Outcome outcome) {
        if (!outcome.holds()) {
            return "AN INVARIANT IS BROKEN.";
        }
        return outcome.servedAnybody() ? "Nothing sold twice, no money lost." : "NOBODY GOT A TICKET.";
    }
}
