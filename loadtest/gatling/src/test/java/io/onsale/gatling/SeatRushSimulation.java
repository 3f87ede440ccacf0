package io.onsale.gatling;

import static io.gatling.javaapi.core.CoreDsl.atOnceUsers;
import static io.gatling.javaapi.core.CoreDsl.feed;
import static io.gatling.javaapi.core.CoreDsl.scenario;

import io.gatling.javaapi.core.Simulation;

/** Everybody wants the front row, at once; for an event without a waiting room. */
public final class SeatRushSimulation extends Simulation {

    {
        setUp(scenario("seat rush")
                        .exec(feed(Stage.buyers()))
                        .exec(Steps.hold(false, Stage::frontSeat))
                        .exec(Steps.buy())
                        .injectOpen(atOnceUsers(Stage.setting("people", 200))))
                .protocols(Stage.protocol())
                .assertions(Bars.of("hold"));
    }
}
