package io.onsale.gatling;

import static io.gatling.javaapi.core.CoreDsl.atOnceUsers;
import static io.gatling.javaapi.core.CoreDsl.doIf;
import static io.gatling.javaapi.core.CoreDsl.feed;
import static io.gatling.javaapi.core.CoreDsl.scenario;

import java.time.Duration;

/** People enter at once and listen until each is admitted, which the event's rate should allow within the time given. */
public final class StreamsSimulation extends Journey {

    public StreamsSimulation() {
        super("streams");
        Duration longest = Duration.ofSeconds(setting("seconds"));
        setUp(scenario("streams")
                        .exec(feed(Stage.buyers()))
                        .exec(Line.enter())
                        .exec(doIf(Line::waits).then(Line.listenUntilAdmitted(longest)))
                        .injectOpen(atOnceUsers(setting("listeners"))))
                .protocols(Stage.protocol())
                .assertions(bars());
    }
}
