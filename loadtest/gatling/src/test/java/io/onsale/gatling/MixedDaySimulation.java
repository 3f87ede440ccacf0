package io.onsale.gatling;

import static io.gatling.javaapi.core.CoreDsl.constantUsersPerSec;
import static io.gatling.javaapi.core.CoreDsl.feed;
import static io.gatling.javaapi.core.CoreDsl.scenario;

import io.gatling.javaapi.core.Simulation;

/** An ordinary day: many look around, some queue and buy. The soak is this for half an hour. */
public final class MixedDaySimulation extends Simulation {

    {
        int seconds = Stage.setting("seconds", 120);
        setUp(
                        scenario("browsers")
                                .exec(feed(Stage.buyers()))
                                .exec(Steps.lookAround())
                                .injectOpen(constantUsersPerSec(Stage.setting("browsers", 20))
                                        .during(seconds)),
                        scenario("buyers")
                                .exec(feed(Stage.buyers()))
                                .exec(Steps.journey())
                                .injectOpen(constantUsersPerSec(Stage.setting("buyers", 2))
                                        .during(seconds)))
                .protocols(Stage.protocol())
                .assertions(
                        Bars.of("list", "detail", "seats", "enter", "status", "hold", "pay", "confirm"));
    }
}
