package io.onsale.gatling;

import static io.gatling.javaapi.core.CoreDsl.constantUsersPerSec;
import static io.gatling.javaapi.core.CoreDsl.feed;
import static io.gatling.javaapi.core.CoreDsl.rampUsersPerSec;
import static io.gatling.javaapi.core.CoreDsl.scenario;

/** Everybody comes within seconds, waits in line, buys: a step, or with {@code -Dramp=true} a ramp. */
public final class FlashCrowdSimulation extends Journey {

    public FlashCrowdSimulation() {
        super("flash-crowd");
        int rate = setting("rate");
        int seconds = setting("seconds");
        setUp(scenario("flash crowd")
                        .exec(feed(Stage.buyers()))
                        .exec(Shop.journey())
                        .injectOpen(
                                Boolean.getBoolean("ramp")
                                        ? rampUsersPerSec(1).to(rate).during(seconds)
                                        : constantUsersPerSec(rate).during(seconds)))
                .protocols(Stage.protocol())
                .assertions(bars());
    }
}
