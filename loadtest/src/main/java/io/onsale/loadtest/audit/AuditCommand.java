package io.onsale.loadtest.audit;

import io.onsale.loadtest.Arguments;
import io.onsale.loadtest.stack.LocalStack;
import java.time.Duration;
import java.util.List;

/** {@code ./onsale audit}: prints every check with its counts. */
public final class AuditCommand {

    private static final String USAGE = """
            ./onsale audit: are the promises kept? Asks PostgreSQL, Redis, Kafka and the provider's own ledger, and changes nothing.
            Exit 0: all hold; 1: one is broken.
              --event ID     only this event
              --bound 600    seconds that money or a message may be on its way before it counts as lost
              --repair       do what is known to help (printed beside each breach), then check again""";

    private AuditCommand() {}

    /** Exit code. */
    public static int run(Arguments arguments) {
        if (arguments.flag("help")) {
            System.out.println(USAGE);
            return 0;
        }
        Scope scope =
                new Scope(arguments.text("event", ""), Duration.ofSeconds(arguments.number("bound", 600, 0, 86_400)));
        boolean repair = arguments.flag("repair");
        arguments.refuseUnknown();
        LocalStack stack = LocalStack.find();
        List<Finding> findings = Audit.of(stack).check(scope);
        print(findings);
        if (repair && !allHold(findings)) {
            new Repairs(stack).run(scope).forEach(done -> System.out.println("repair: " + done));
            System.out.println("The running apps now work on it. Look again in a minute: ./onsale audit");
        }
        return allHold(findings) ? 0 : 1;
    }

    private static void print(List<Finding> findings) {
        findings.forEach(finding -> System.out.println(finding.line()));
        long broken = findings.stream().filter(finding -> !finding.holds()).count();
        System.out.println(
                broken == 0
                        ? findings.size() + " checks, all hold."
                        : findings.size() + " checks, " + broken + " BROKEN.");
    }

    private static boolean allHold(List<Finding> findings) {
        return findings.stream().allMatch(Finding::holds);
    }
}
