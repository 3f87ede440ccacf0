package io.onsale.gatling;

import static io.gatling.javaapi.core.CoreDsl.constantUsersPerSec;
import static io.gatling.javaapi.core.CoreDsl.feed;
import static io.gatling.javaapi.core.CoreDsl.scenario;

/** The purchase without the line, at a constant rate; for an event without a waiting room. */
public final class CheckoutSimulation extends Journey {

    public CheckoutSimulation() {
        super("checkout");
        setUp(scenario("checkout")
                        .exec(feed(Stage.buyers()))
                        .exec(Shop.holdNextSeat())
                        .exec(Shop.buy())
                        .injectOpen(constantUsersPerSec(setting("rate")).during(setting("seconds"))))
                .protocols(Stage.protocol())
                .assertions(bars());
    }
}
