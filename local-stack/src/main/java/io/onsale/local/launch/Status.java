package io.onsale.local.launch;

import java.time.Duration;
import java.time.Instant;

/** `./onsale status`: exit code 0 when the whole system works, 3 when not. */
final class Status {

    private static final int NOT_ALL = 3;

    private final StackHome home;
    private final Console console;

    Status(StackHome home, Console console) {
        this.home = home;
        this.console = console;
    }

    int run() {
        if (!Shape.isRemembered(home)) {
            console.say("onsale is down. Start it: ./onsale up");
            return NOT_ALL;
        }
        Stack stack = Stack.of(home, Shape.remembered(home), Secrets.ensure(home.secrets()));
        long ill = stack.all().filter(service -> !show(service)).count();
        if (ill > 0) {
            console.say("`./onsale up` starts what is missing; logs: ./onsale logs NAME");
        }
        return ill == 0 ? 0 : NOT_ALL;
    }

    private boolean show(Service service) {
        if (service.process().isEmpty()) {
            console.row(service.name(), "down", "");
            return false;
        }
        boolean healthy = service.healthy();
        console.row(service.name(), healthy ? "up" : "does not answer", detail(service));
        return healthy;
    }

    private static String detail(Service service) {
        return service.process()
                .map(process -> String.format("%-24s pid %-8d %s", service.address(), process.pid(), age(process)))
                .orElse("");
    }

    private static String age(ProcessHandle process) {
        return process.info()
                .startInstant()
                .map(start -> Duration.between(start, Instant.now()))
                .map(age -> age.toHours() > 0
                        ? age.toHours() + " h " + age.toMinutesPart() + " min"
                        : age.toMinutes() + " min " + age.toSecondsPart() + " s")
                .orElse("");
    }
}
