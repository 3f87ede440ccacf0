package io.onsale.gatling;

import static io.gatling.javaapi.core.CoreDsl.atOnceUsers;
import static io.gatling.javaapi.core.CoreDsl.doIf;
import static io.gatling.javaapi.core.CoreDsl.feed;
import static io.gatling.javaapi.core.CoreDsl.scenario;

import io.gatling.javaapi.core.Simulation;
import java.time.Duration;

/** People enter at once and listen until each is admitted, which the event's rate should allow within the time given. */
public final class StreamsSimulation extends Simulation {

    {
        setUp(scenario("streams")
                        .exec(feed(Stage.buyers()))
                        .exec(Steps.enter())
                        .exec(doIf(session -> !"ADMITTED".equals(session.getString("state")))
                                .then(Steps.listenUntilAdmitted(Duration.ofSeconds(Stage.setting("seconds", 60)))))
                        .injectOpen(atOnceUsers(Stage.setting("listeners", 500))))
                .protocols(Stage.protocol())
                .assertions(Bars.of("enter"));
    }
}
