package io.onsale.gatling;

import static io.gatling.javaapi.core.CoreDsl.atOnceUsers;
import static io.gatling.javaapi.core.CoreDsl.feed;
import static io.gatling.javaapi.core.CoreDsl.scenario;

/** Everybody wants the front row, at once; for an event without a waiting room. */
public final class SeatRushSimulation extends Journey {

    public SeatRushSimulation() {
        super("seat-rush");
        setUp(scenario("seat rush")
                        .exec(feed(Stage.buyers()))
                        .exec(Shop.holdFrontSeat())
                        .exec(Shop.buy())
                        .injectOpen(atOnceUsers(setting("people"))))
                .protocols(Stage.protocol())
                .assertions(bars());
    }
}
