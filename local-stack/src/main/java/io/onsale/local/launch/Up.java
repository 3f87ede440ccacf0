package io.onsale.local.launch;

import io.onsale.local.accounts.DemoAccounts;
import io.onsale.local.process.Daemon;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** `./onsale up`. */
final class Up {

    private final StackHome home;
    private final Console console;

    Up(StackHome home, Console console) {
        this.home = home;
        this.console = console;
    }

    int run(Arguments arguments) {
        Instant from = Instant.now();
        home.create();
        try (HomeLock lock = HomeLock.take(home, console)) {
            refuseOtherPorts();
            Shape shape = Shape.choose(home, arguments);
            Leftovers.stop(home, console);
            Secrets secrets = Secrets.ensure(home.secrets());
            console.say("Starting onsale");
            Stack stack = Stack.of(home, shape, secrets);
            shape.remember(home);
            Run run = new Run(console);
            Thread hook = new Thread(() -> takeBack(run), "onsale-undo");
            Runtime.getRuntime().addShutdownHook(hook);
            try {
                stopSurplus(stack);
                run.begin(stack.companions());
                run.bringUp(stack.foundations());
                train(stack, run);
                run.bringUp(stack.apps());
                writeDemoAccounts(stack, secrets);
                run.await();
            } catch (LaunchFailure e) {
                if (!disarm(hook)) {
                    return 1;
                }
                try {
                    explain(e, stack);
                } finally {
                    takeBack(run);
                }
                return 1;
            }
            if (!disarm(hook)) {
                return 1;
            }
            AppImage.prune(home, stack.images());
            Summary.print(home, shape, console, Duration.between(from, Instant.now()));
            if (!arguments.attach()) {
                return 0;
            }
            lock.close();
            return new Attached(home, console, stack).stay();
        }
    }

    /** False when a shutdown has begun: then the hook is taking back what was started. */
    private static boolean disarm(Thread hook) {
        try {
            return Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException shutdownBegan) {
            return false;
        }
    }

    /** Two systems of one checkout would share their data. */
    private void refuseOtherPorts() {
        String wanted = System.getenv("ONSALE_PORT_OFFSET");
        if (wanted == null
                || wanted.isBlank()
                || !Shape.isRemembered(home)
                || Pids.living(home).isEmpty()) {
            return;
        }
        int running = Shape.rememberedOffset(home);
        if (Arguments.number("ONSALE_PORT_OFFSET", wanted) != running) {
            throw new LaunchFailure(
                    "This checkout already runs with ONSALE_PORT_OFFSET=" + running + ". Stop it first: ./onsale down");
        }
    }

    /** Instances beyond those asked for now. */
    private void stopSurplus(Stack stack) {
        Set<String> wanted = stack.all().map(Service::name).collect(Collectors.toSet());
        Pids.living(home).stream().filter(name -> !wanted.contains(name)).forEach(name -> {
            console.row(name, "not wanted: stopping", "");
            Pids.stop(home, name);
        });
    }

    /** The new apps' first start is recorded up to where they are ready; those beside which they become so start with them. */
    private void train(Stack stack, Run run) {
        List<Training> wanted =
                stack.trainings().stream().filter(Training::isWanted).toList();
        if (wanted.isEmpty() || "no".equals(System.getenv("ONSALE_RECORD_CLASSES"))) {
            return;
        }
        console.say("  (recording what the new apps load, so that they start faster from now on)");
        wanted.forEach(Training::begin);
        run.bringUp(stack.trainings().stream()
                .map(training -> wanted.contains(training) ? training.recording() : training.trained())
                .toList());
        wanted.parallelStream().forEach(training -> training.end(console));
    }

    private void writeDemoAccounts(Stack stack, Secrets secrets) {
        DemoAccounts accounts = new DemoAccounts(
                secrets.of("ticketing", "onsale.accounts.pii-key"),
                secrets.of("ticketing", "onsale.accounts.pii-index-key"));
        try (Connection database = stack.postgres().appConnection()) {
            accounts.ensure(home.credentials(), database);
        } catch (SQLException | IOException e) {
            throw new LaunchFailure("The demo accounts cannot be written: " + e.getMessage());
        }
    }

    private void takeBack(Run run) {
        if (run.startedAnything()) {
            console.say("Stopping what was started.");
        }
        run.undo();
        if (Pids.living(home).isEmpty()) {
            Shape.forget(home);
        }
    }

    private void explain(LaunchFailure failure, Stack stack) {
        String message = String.valueOf(failure.getMessage());
        console.say("");
        console.say(message);
        stack.all()
                .filter(service -> message.startsWith(service.name() + " ") && !message.contains("needs port"))
                .findFirst()
                .ifPresent(service -> {
                    List<String> tail = new Daemon(home.pidFile(service.name()), service.log()).logTail(25);
                    console.tail("The end of its log, " + service.log() + ":", tail);
                });
    }
}
