package io.onsale.loadtest.bench;

import io.onsale.loadtest.demo.Stage;
import io.onsale.loadtest.fault.Victims;
import io.onsale.loadtest.http.Api;
import io.onsale.loadtest.measure.Steps;
import io.onsale.loadtest.people.Buyers.Buyer;
import java.time.Duration;
import java.util.List;

/**
 * From {@code ./onsale up} to the first ticket, on a machine that has run it before; and each app's start with the record of its classes
 * against the same start without.
 */
final class StartupBench implements Bench {

    private static final double TO_FIRST_SALE_SECONDS = 30;
    private static final double WITH_RECORD_BAR = 0.6;
    private static final Duration TICKET_WITHIN = Duration.ofSeconds(60);
    private static final List<String> APPS = List.of("queue-1", "ticketing-1", "gateway");

    @Override
    public String name() {
        return "startup";
    }

    @Override
    public String measures() {
        return "from ./onsale up to the first ticket; each app's start with its class archive / without";
    }

    @Override
    public Result run(Range range) {
        Result result = new Result(name());
        for (String app : APPS) {
            Rehearsal rehearsal = Rehearsal.of(range.stack(), app);
            Pairs pairs = Pairs.run(range.pairs(), rehearsal::withArchive, rehearsal::without, Range::say);
            result.ratio(app + ": start with / without class archive", pairs, "s", WITH_RECORD_BAR, false);
        }
        Victims victims = new Victims(range.stack());
        victims.down();
        long began = System.nanoTime();
        victims.up();
        double up = since(began);
        firstTicket(range);
        double sold = since(began);
        return result.claim(
                "from the command to the first ticket",
                String.format("%.1f s (up after %.1f s)", sold, up),
                "<= " + TO_FIRST_SALE_SECONDS + " s",
                sold <= TO_FIRST_SALE_SECONDS);
    }

    private static double since(long nanos) {
        return (System.nanoTime() - nanos) / 1e9;
    }

    private static void firstTicket(Range range) {
        Stage stage = range.onSaleAtOnce(10);
        Buyer buyer = range.buyers(1).get(0);
        try (Api api = new Api(new Steps(), 2)) {
            String seat = stage.seatIds().get(0);
            new Purchase(api, range.api(), buyer, stage, seat, "", asked -> {})
                    .run()
                    .block(TICKET_WITHIN);
        }
    }
}
