package io.onsale.gatling;

import static io.gatling.javaapi.core.CoreDsl.constantUsersPerSec;
import static io.gatling.javaapi.core.CoreDsl.feed;
import static io.gatling.javaapi.core.CoreDsl.pause;
import static io.gatling.javaapi.core.CoreDsl.repeat;
import static io.gatling.javaapi.core.CoreDsl.scenario;

/** Only the line: people enter at a constant rate and ask for their place three times. */
public final class LineSimulation extends Journey {

    public LineSimulation() {
        super("line");
        setUp(scenario("line")
                        .exec(feed(Stage.buyers()))
                        .exec(Line.enter())
                        .exec(repeat(3).on(pause(2).exec(Line.askWhereIStand())))
                        .injectOpen(constantUsersPerSec(setting("rate")).during(setting("seconds"))))
                .protocols(Stage.protocol())
                .assertions(bars());
    }
}
