package io.onsale.local.launch;

import io.onsale.local.stores.PostgresServer;
import java.util.List;
import java.util.function.Predicate;

/** `./onsale down` and `./onsale reset`. */
final class Down {

    private static final List<String> STORES = List.of("postgres", "redis", "kafka");

    private final StackHome home;
    private final Console console;

    Down(StackHome home, Console console) {
        this.home = home;
        this.console = console;
    }

    int down() {
        home.create();
        try (HomeLock lock = HomeLock.take(home, console)) {
            boolean any = stopAll();
            console.say(any ? "onsale is down; its data stay under " + home.data() : "Nothing runs.");
            return 0;
        }
    }

    int reset() {
        home.create();
        try (HomeLock lock = HomeLock.take(home, console)) {
            stopAll();
            // it lies elsewhere where root cannot hand a directory of the checkout to the server
            Trees.delete(PostgresServer.dataDirectory(home.data().resolve("postgres-18")));
            Trees.delete(home.data());
            Trees.delete(home.secrets());
            Trees.delete(home.logs());
            Trees.delete(home.credentials());
            console.say("onsale is empty: data, secrets, accounts and logs are deleted.");
            return 0;
        }
    }

    /** The gateway first, so that nobody new comes in; then the apps; then what they write to. */
    boolean stopAll() {
        boolean gateway = stop(name -> name.equals("gateway"));
        boolean apps = stop(name -> !STORES.contains(name));
        boolean stores = stop(name -> true);
        Leftovers.stop(home, console);
        Shape.forget(home);
        return gateway || apps || stores;
    }

    private boolean stop(Predicate<String> which) {
        List<String> names = Pids.living(home).stream().filter(which).toList();
        names.parallelStream().forEach(name -> {
            Pids.stop(home, name);
            console.row(name, "stopped", "");
        });
        return !names.isEmpty();
    }
}
