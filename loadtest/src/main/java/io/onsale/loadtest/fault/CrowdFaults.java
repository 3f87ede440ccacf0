package io.onsale.loadtest.fault;

import java.util.List;

/** Clients who hang up, come back all at once, or are ten times as many. */
final class CrowdFaults {

    private CrowdFaults() {}

    static List<Fault> all() {
        return List.of(
                Fault.served(
                        "hang-ups",
                        "10,000 clients hang up mid-request: no connection leaks, no transaction stays half done",
                        strike -> new HangUps(strike).run(10_000)),
                Fault.served("reconnect-storm", "every stream breaks at once and comes back", strike -> {
                            strike.waitForTheMiddle();
                            strike.victims().kill("gateway");
                            strike.victims().up();
                        })
                        .crowd("--streams=1", "--buyers=600"),
                Fault.served("ten-times-arrivals", strike -> strike.waitForTheMiddle())
                        .crowd("--buyers=2000", "--arrival=5"));
    }
}
