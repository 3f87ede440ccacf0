package io.onsale.loadtest.bench;

import io.onsale.loadtest.people.Buyers.Buyer;
import java.util.List;
import java.util.function.IntFunction;

/**
 * What verifying a token costs: a route that answers anonymous and known callers alike, called directly at the service with a token and
 * without. So many different tokens come in turn that at most one in eight is still remembered when it comes again.
 */
final class TokenCostBench implements Bench {

    private static final int CLIENTS = 64;
    private static final int TOKENS = 80_000;

    /** Open to everybody; a token that is shown is verified all the same. */
    private static final String OPEN_ROUTE = "/.well-known/jwks.json";

    @Override
    public String name() {
        return "token-cost";
    }

    @Override
    public String measures() {
        return "a route with a token to verify / the same route without, answers per second, direct";
    }

    @Override
    public Result run(Range range) {
        List<Buyer> buyers = range.buyers(TOKENS);
        String url = range.stack().queueApp(1) + OPEN_ROUTE;
        try (Gun gun = new Gun(CLIENTS * 2)) {
            ClosedLoad load = new ClosedLoad(gun, CLIENTS, code -> code == 200);
            IntFunction<Shot> known = i -> {
                Buyer buyer = buyers.get(i % TOKENS);
                return Shot.get(url, buyer.accessToken(), buyer.address());
            };
            IntFunction<Shot> anonymous =
                    i -> Shot.get(url, "", buyers.get(i % TOKENS).address());
            load.warmUp(known);
            load.warmUp(anonymous);
            Errors errors = new Errors();
            Pairs pairs = Pairs.run(
                    range.pairs(),
                    () -> errors.of(load.run(range.slice(), known)).perSecond(),
                    () -> errors.of(load.run(range.slice(), anonymous)).perSecond(),
                    Range::say);
            Result result = errors.report(new Result(name()).ratio("verified / open", pairs, "answers/s", 0.80, true));
            return Flight.report(
                    result,
                    new Flight(range, "verified", List.of("queue-1"), () -> load.run(range.slice(), known)),
                    new Flight(range, "open", List.of("queue-1"), () -> load.run(range.slice(), anonymous)));
        }
    }
}
