package io.onsale.loadtest;

import io.onsale.loadtest.audit.AuditCommand;
import io.onsale.loadtest.bench.BenchCommand;
import io.onsale.loadtest.demo.Demo;
import io.onsale.loadtest.demo.StageCommand;
import io.onsale.loadtest.fault.FaultCommand;
import io.onsale.loadtest.sweep.AttackCommand;
import io.onsale.loadtest.sweep.Sweep;
import java.util.Arrays;
import java.util.List;

/** The programs behind {@code ./onsale demo} and its sisters. Exit 0: as promised; 1: a promise is broken; 64: not understood. */
public final class Main {

    private static final String USAGE = """
            demo     a flash crowd on a fresh event, and its report
            stage    a fresh event and its buyers, for k6, Gatling or a script of your own
            audit    the invariants, checked on the running system
            bench    one command per claim: speed and cost, in ratios
            sweep    bad input on every endpoint, judged by the system's own API document
            attack   what must be refused, tried through the gateway, each by its name
            fault    kills, pauses and confuses parts of the system while a crowd shops
            Each has --help.""";

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments)));
    }

    private static int run(List<String> arguments) {
        String command = arguments.isEmpty() ? "help" : arguments.get(0);
        Arguments rest = Arguments.parse(arguments.subList(Math.min(1, arguments.size()), arguments.size()));
        try {
            return switch (command) {
                case "demo" -> Demo.run(rest);
                case "stage" -> StageCommand.run(rest);
                case "bench" -> BenchCommand.run(rest);
                case "fault" -> FaultCommand.run(rest);
                case "sweep" -> Sweep.run(rest);
                case "attack" -> AttackCommand.run(rest);
                case "audit" -> AuditCommand.run(rest);
                case "help", "--help" -> {
                    System.out.println(USAGE);
                    yield 0;
                }
                default -> throw new Complaint("there is no command " + command + "\n" + USAGE);
            };
        } catch (Complaint complaint) {
            System.err.println(complaint.getMessage());
            return 64;
        } catch (RuntimeException failure) {
            System.err.println("It failed: " + failure + "\n  at "
                    + Arrays.stream(failure.getStackTrace())
                            .filter(frame -> frame.getClassName().startsWith("io.onsale"))
                            .limit(6)
                            .toList());
            return 70;
        }
    }
}
