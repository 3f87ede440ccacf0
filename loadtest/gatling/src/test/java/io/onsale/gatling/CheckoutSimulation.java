package io.onsale.gatling;

import static io.gatling.javaapi.core.CoreDsl.constantUsersPerSec;
import static io.gatling.javaapi.core.CoreDsl.feed;
import static io.gatling.javaapi.core.CoreDsl.scenario;

import io.gatling.javaapi.core.Simulation;

/** The purchase without the line, at a constant rate; for an event without a waiting room. */
public final class CheckoutSimulation extends Simulation {

    {
        setUp(scenario("checkout")
                        .exec(feed(Stage.buyers()))
                        .exec(Steps.hold(false, Stage::anySeat))
                        .exec(Steps.buy())
                        .injectOpen(constantUsersPerSec(Stage.setting("rate", 5))
                                .during(Stage.setting("seconds", 60))))
                .protocols(Stage.protocol())
                .assertions(Bars.of("hold", "pay", "confirm", "reservation"));
    }
}
