package io.onsale.loadtest.demo;

import io.onsale.loadtest.Arguments;
import io.onsale.loadtest.stack.LocalStack;
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
        arguments.refuseUnknown();
        Show.Outcome outcome = new Show(LocalStack.find(), crowd, System.out, SETTLES_WITHIN).run(() -> {});
        new Report(outcome).print(System.out);
        System.out.println("\n" + verdict(outcome));
        return outcome.holds() && outcome.servedAnybody() ? 0 : 1;
    }

    /** Promises that nobody used are not kept. */
    private static String verdict(Show.Outcome outcome) {
        if (!outcome.holds()) {
            return "AN INVARIANT IS BROKEN.";
        }
        return outcome.servedAnybody() ? "Nothing sold twice, no money lost." : "NOBODY GOT A TICKET.";
    }
}
