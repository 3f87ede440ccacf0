package io.onsale.gatling;

import static io.gatling.javaapi.core.CoreDsl.constantUsersPerSec;
import static io.gatling.javaapi.core.CoreDsl.feed;
import static io.gatling.javaapi.core.CoreDsl.pause;
import static io.gatling.javaapi.core.CoreDsl.repeat;
import static io.gatling.javaapi.core.CoreDsl.scenario;

import io.gatling.javaapi.core.Simulation;

/** Only the line: people enter at a constant rate and ask for their place three times. */
public final class LineSimulation extends Simulation {

    {
        setUp(scenario("line")
                        .exec(feed(Stage.buyers()))
                        .exec(Steps.enter())
                        .exec(repeat(3).on(pause(2).exec(Steps.askWhereIStand())))
                        .injectOpen(constantUsersPerSec(Stage.setting("rate", 100))
                                .during(Stage.setting("seconds", 60))))
                .protocols(Stage.protocol())
                .assertions(Bars.of("enter", "status"));
    }
}
