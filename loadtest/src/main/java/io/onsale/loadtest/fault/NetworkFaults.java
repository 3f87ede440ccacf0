package io.onsale.loadtest.fault;

import java.time.Duration;
import java.util.List;

/** A bad network between the apps and their stores. */
final class NetworkFaults {

    private static final Duration FOR_A_WHILE = Duration.ofSeconds(20);

    private NetworkFaults() {}

    static List<Fault> all() {
        return List.of(
                Fault.served("network-delay", "slower by as much; " + Fault.ALL_SERVED, strike -> {
                            strike.waitForTheMiddle();
                            strike.proxy().slow("postgres", 10, 20);
                            strike.proxy().slow("redis", 5, 20);
                            Victims.sleep(FOR_A_WHILE);
                            strike.proxy().clear("postgres", "redis");
                        })
                        .byProxy(),
                Fault.served("network-loss", strike -> {
                            strike.waitForTheMiddle();
                            strike.proxy().lossy("postgres", 10);
                            strike.proxy().lossy("redis", 10);
                            Victims.sleep(FOR_A_WHILE);
                            strike.proxy().clear("postgres", "redis");
                        })
                        .byProxy(),
                halfOpen("redis-half-open", "redis"),
                halfOpen("postgres-half-open", "postgres"));
    }

    /** Nothing passes for a while; connections of that time never speak again, and nobody is told. */
    private static Fault halfOpen(String name, String link) {
        return Fault.served(name, "503 until dead connections are given up; then " + Fault.ALL_SERVED, strike -> {
                    strike.waitForTheMiddle();
                    strike.proxy().silent(link, true);
                    Victims.sleep(Duration.ofSeconds(5));
                    strike.proxy().silent(link, false);
                    // Only now: the dead connections stay until their owners give them up.
                    Victims.sleep(Duration.ofSeconds(60));
                })
                .byProxy();
    }
}
