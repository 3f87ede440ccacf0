package io.onsale.gatling;

import static io.gatling.javaapi.core.CoreDsl.constantUsersPerSec;
import static io.gatling.javaapi.core.CoreDsl.feed;
import static io.gatling.javaapi.core.CoreDsl.rampUsersPerSec;
import static io.gatling.javaapi.core.CoreDsl.scenario;

import io.gatling.javaapi.core.Simulation;

/** Everybody comes within seconds, waits in line, buys: a step, or with {@code -Dramp=true} a ramp. */
public final class FlashCrowdSimulation extends Simulation {

    {
        int rate = Stage.setting("rate", 100);
        int seconds = Stage.setting("seconds", 5);
        setUp(scenario("flash crowd")
                        .exec(feed(Stage.buyers()))
                        .exec(Steps.journey())
                        .injectOpen(
                                Boolean.getBoolean("ramp")
                                        ? rampUsersPerSec(1).to(rate).during(seconds)
                                        : constantUsersPerSec(rate).during(seconds)))
                .protocols(Stage.protocol())
                .assertions(Bars.of("enter", "status", "hold", "pay", "confirm"));
    }
}
