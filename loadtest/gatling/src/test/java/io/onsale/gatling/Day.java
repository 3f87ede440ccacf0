package io.onsale.gatling;

import static io.gatling.javaapi.core.CoreDsl.constantUsersPerSec;
import static io.gatling.javaapi.core.CoreDsl.feed;
import static io.gatling.javaapi.core.CoreDsl.scenario;

/** Many look around, some queue and buy. */
abstract class Day extends Journey {

    Day(String name) {
        super(name);
        int seconds = setting("seconds");
        setUp(
                        scenario("browsers")
                                .exec(feed(Stage.buyers()))
                                .exec(Shop.lookAround())
                                .injectOpen(constantUsersPerSec(setting("browsers")).during(seconds)),
                        scenario("buyers")
                                .exec(feed(Stage.buyers()))
                                .exec(Shop.journey())
                                .injectOpen(constantUsersPerSec(setting("buyers")).during(seconds)))
                .protocols(Stage.protocol())
                .assertions(bars());
    }
}
