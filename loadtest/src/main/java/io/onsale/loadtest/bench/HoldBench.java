package io.onsale.loadtest.bench;

import io.onsale.loadtest.Json;
import io.onsale.loadtest.demo.Stage;
import io.onsale.loadtest.people.Buyers.Buyer;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/** Holds per second over HTTP, directly at the app, against the minimal hold transaction with as many clients as the app's pool. */
final class HoldBench implements Bench {

    private static final int CLIENTS = 32;
    private static final int POOL = 10;
    private static final int SEATS = 40_000;

    @Override
    public String name() {
        return "hold";
    }

    @Override
    public String measures() {
        return "seat holds per second (HTTP, direct) / the committed pgbench script of the minimal hold transaction";
    }

    @Override
    public Result run(Range range) {
        Stage stage = range.onSaleWithoutLine(SEATS);
        List<Buyer> buyers = range.buyers(SEATS);
        AtomicInteger seat = new AtomicInteger();
        String hold = range.stack().ticketingApp(1) + "/api/v1/reservations/hold";
        IntFunction<Shot> holding = i -> {
            int number = seat.getAndIncrement();
            Buyer buyer = buyers.get(number % SEATS);
            var body = Json.object().put("performanceId", stage.performanceId());
            body.set("seatIds", Json.array(List.of(stage.seatIds().get(number % SEATS))));
            return Shot.post(hold, buyer.accessToken(), buyer.address(), body)
                    .with("Idempotency-Key", "\"" + UUID.randomUUID() + "\"");
        };
        Pgbench pgbench = new Pgbench(range.stack(), POOL);
        pgbench.prepare();
        try (Gun gun = new Gun(CLIENTS * 2)) {
            ClosedLoad load = new ClosedLoad(gun, CLIENTS, code -> code == 201);
            load.warmUp(holding);
            pgbench.run(range.slice());
            Errors errors = new Errors();
            Pairs pairs = Pairs.run(
                    range.pairs(),
                    () -> errors.of(load.run(range.slice(), holding)).perSecond(),
                    () -> pgbench.run(range.slice()),
                    Range::say);
            Result result = new Result(name()).ratio("holds / minimal transactions", pairs, "a second", 0.30, true);
            result.context("seats held", seat.get() + " of " + SEATS);
            errors.report(result);
            return Flight.report(
                    result, new Flight(range, "hold", List.of("ticketing-1"), () -> load.run(range.slice(), holding)));
        } finally {
            pgbench.clean();
        }
    }
}
