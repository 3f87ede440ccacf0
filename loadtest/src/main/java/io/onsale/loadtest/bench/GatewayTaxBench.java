package io.onsale.loadtest.bench;

import io.onsale.loadtest.Json;
import io.onsale.loadtest.demo.Stage;
import io.onsale.loadtest.people.Buyers.Buyer;
import java.time.Duration;
import java.util.List;
import java.util.function.IntFunction;

/** What going through the gateway costs: the same question of the same people, through it and past it, to all queue-apps in turn. */
final class GatewayTaxBench implements Bench {

    private static final int CLIENTS = 64;
    /** So many that few tokens are remembered when they come round again, on either side. */
    private static final int PEOPLE = 30_000;

    private static final int ENTERS_PER_SECOND = 500;

    @Override
    public String name() {
        return "gateway-tax";
    }

    @Override
    public String measures() {
        return "GET /queue/status through the gateway / direct, answers per second";
    }

    @Override
    public Result run(Range range) {
        Stage stage = range.onSale(100, 1);
        List<Buyer> buyers = range.buyers(PEOPLE);
        try (Gun gun = new Gun(CLIENTS * 2)) {
            var body = Json.object().put("eventId", stage.eventId());
            String enter = range.stack().queueApp(1) + "/api/v1/queue/enter";
            Errors errors = new Errors();
            errors.of(new OpenLoad(gun, code -> code == 200)
                    .run(ENTERS_PER_SECOND, Duration.ofSeconds(PEOPLE / ENTERS_PER_SECOND), i -> {
                        Buyer buyer = buyers.get(i);
                        return Shot.post(enter, buyer.accessToken(), buyer.address(), body);
                    }));
            String path = "/api/v1/queue/status?eventId=" + stage.eventId();
            ClosedLoad load = new ClosedLoad(gun, CLIENTS, code -> code == 200);
            IntFunction<Shot> through = i -> ask(range.stack().gateway() + path, buyers, i);
            int apps = range.instances("queue").size();
            IntFunction<Shot> direct = i -> ask(range.stack().queueApp(1 + i % apps) + path, buyers, i);
            load.warmUp(through);
            load.warmUp(direct);
            Pairs pairs = Pairs.run(
                    range.pairs(),
                    () -> errors.of(load.run(range.slice(), through)).perSecond(),
                    () -> errors.of(load.run(range.slice(), direct)).perSecond(),
                    Range::say);
            Result result = errors.report(
                    new Result(name()).ratio("through the gateway / direct", pairs, "answers/s", 0.30, true));
            return Flight.report(
                    result,
                    new Flight(range, "through", range.gatewayAnd("queue"), () -> load.run(range.slice(), through)),
                    new Flight(range, "direct", range.instances("queue"), () -> load.run(range.slice(), direct)));
        }
    }

    private static Shot ask(String url, List<Buyer> buyers, int i) {
        Buyer buyer = buyers.get(i % buyers.size());
        return Shot.get(url, buyer.accessToken(), buyer.address());
    }
}
