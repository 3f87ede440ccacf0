package io.onsale.local.launch;

import io.onsale.local.ProjectRoot;
import io.onsale.local.stores.StoreFailedException;
import java.io.UncheckedIOException;
import java.util.List;

/** Maps words to commands, and what goes wrong to one sentence. */
public final class Launcher {

    private static final String HELP = """
            onsale sells tickets to a crowd; this starts all of it on this machine, without Docker.

              ./onsale up [--queue-instances N] [--ticketing-instances N] [--attach] [--through-proxy]
                                     builds and starts what is missing; with the proxy, faults of the network between
                                     apps and stores can be tried
              ./onsale status        says what runs
              ./onsale logs [NAME] [-f]
              ./onsale down          stops everything, keeps the data
              ./onsale reset         stops everything, deletes the data

              ./onsale demo [--buyers N] [--seats N] [--rate N]
                                     a crowd buys a fresh event's tickets, then the books are checked
              ./onsale audit         checks the invariants of the running system
              ./onsale bench NAME    measures; `bench --help` names what
              ./onsale fault NAME    breaks things on purpose; `fault --help` names what
              ./onsale stage         puts an event on sale for load tests of your own
              ./onsale sweep         sends bad input to every operation
              ./onsale attack        tries what must be refused

            ONSALE_PORT_OFFSET=N adds N to every port; ONSALE_JAVA_OPTIONS is added to each app's command.
            ONSALE_SETTINGS_QUEUE_1="A=B;C=D" adds settings to one instance, ONSALE_SETTINGS_QUEUE to all of them.
            """;

    private Launcher() {}

    /** The exit code. */
    public static int run(List<String> words) {
        StackHome home = new StackHome(ProjectRoot.find());
        Console console = new Console(System.out);
        String command = words.isEmpty() ? "help" : words.get(0);
        List<String> rest = words.isEmpty() ? List.of() : words.subList(1, words.size());
        try {
            return switch (command) {
                case "up" -> new Up(home, console).run(Arguments.of(rest.toArray(new String[0])));
                case "down" -> new Down(home, console).down();
                case "reset" -> new Down(home, console).reset();
                case "status" -> new Status(home, console).run();
                case "logs" -> new Logs(home).run(rest);
                case "help", "--help", "-h" -> help(console);
                default -> throw new LaunchFailure("There is no command " + command + ". See ./onsale help.");
            };
        } catch (LaunchFailure | StoreFailedException | UncheckedIOException e) {
            System.err.println(e.getMessage());
            return 1;
        }
    }

    private static int help(Console console) {
        console.say(HELP.stripTrailing());
        return 0;
    }
}
