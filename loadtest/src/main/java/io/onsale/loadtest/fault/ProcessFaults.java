package io.onsale.loadtest.fault;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Apps that die, freeze, restart, or have the wrong time. */
final class ProcessFaults {

    private ProcessFaults() {}

    static List<Fault> all() {
        return List.of(
                kill("kill-ticketing", "ticketing"),
                kill("kill-queue", "queue"),
                Fault.served("kill-gateway", strike -> {
                    strike.waitForTheMiddle();
                    strike.victims().kill("gateway");
                    strike.victims().up();
                }),
                pause("pause-ticketing", "ticketing"),
                pause("pause-queue", "queue"),
                Fault.served("rolling-restart", "no purchase fails, no place is lost", ProcessFaults::restartAll),
                clock("clock-queue-ahead", "queue", "PT5M"),
                clock("clock-queue-behind", "queue", "-PT5M"),
                clock("clock-ticketing-ahead", "ticketing", "PT5M"),
                clock("clock-ticketing-behind", "ticketing", "-PT5M"));
    }

    private static Fault kill(String name, String app) {
        return Fault.served(name, strike -> {
            strike.waitForTheMiddle();
            strike.victims().kill(strike.any(app));
            strike.victims().up();
        });
    }

    private static Fault pause(String name, String app) {
        return Fault.served(name, strike -> {
            strike.waitForTheMiddle();
            strike.victims().pause(strike.any(app), Duration.ofSeconds(20));
        });
    }

    /** One instance after the other, each asked politely and back before the next. */
    private static void restartAll(Strike strike) {
        strike.waitForTheMiddle();
        for (String app : List.of("ticketing", "queue")) {
            for (String instance : strike.victims().instances(app)) {
                strike.victims().end(instance);
                strike.victims().up();
            }
        }
    }

    /** The first instance only; the others, the stores and the crowd know the time. */
    private static Fault clock(String name, String app, String offset) {
        String variable = "ONSALE_SETTINGS_" + app.toUpperCase(java.util.Locale.ROOT) + "_1";
        return Fault.survived(
                        name, "passes may end early or late; " + Fault.INVARIANTS, strike -> strike.waitForTheMiddle())
                .settings(Map.of(variable, "ONSALE_CLOCK_OFFSET=" + offset));
    }
}
