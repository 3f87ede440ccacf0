package io.onsale.local.launch;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;

/** `./onsale up --attach`: stays, tells when something ends by itself, and stops everything on Ctrl-C. */
final class Attached {

    private final StackHome home;
    private final Console console;
    private final Stack stack;

    Attached(StackHome home, Console console, Stack stack) {
        this.home = home;
        this.console = console;
        this.stack = stack;
    }

    int stay() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "onsale-detach"));
        console.say("Ctrl-C stops everything.");
        Set<String> before = running();
        while (!before.isEmpty()) {
            try {
                Thread.sleep(1_000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return 1;
            }
            Set<String> now = running();
            Set<String> gone = new HashSet<>(before);
            gone.removeAll(now);
            gone.forEach(name -> console.say(
                    name + " has ended; its log is " + home.log(name) + ". `./onsale up` elsewhere starts it again."));
            before = now;
        }
        console.say("Nothing runs any more.");
        return 0;
    }

    private Set<String> running() {
        return stack.all()
                .filter(service -> service.process().isPresent())
                .map(Service::name)
                .collect(Collectors.toSet());
    }

    private void stop() {
        if (!running().isEmpty()) {
            try (HomeLock lock = HomeLock.take(home, console)) {
                new Down(home, console).stopAll();
            }
        }
    }
}
