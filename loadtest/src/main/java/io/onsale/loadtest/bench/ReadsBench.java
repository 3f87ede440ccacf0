package io.onsale.loadtest.bench;

import io.onsale.loadtest.demo.Stage;
import io.onsale.loadtest.people.Buyers;
import io.onsale.loadtest.people.Buyers.Buyer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;

/**
 * What a crowd reads before it buys: lists (first pages, later ones, searches), the event, the seats of a hall of 2,000; all at once, at
 * constant rates, through the gateway, half of it anonymous, compressed as browsers ask for it. Latency is until the last byte.
 */
final class ReadsBench implements Bench {
    private static final int LISTS_PER_SECOND = 40;
    private static final int DETAILS_PER_SECOND = 80;
    private static final int SEAT_MAPS_PER_SECOND = 20;
    private static final int SEATS = 2_000;
    private static final int PEOPLE = 4_000;
    private static final Duration WARM_UP = Duration.ofSeconds(15);
    private static final Duration RUN = Duration.ofSeconds(30);
    private static final List<String> LISTS = List.of(
            "?sort=newest",
            "?sort=newest&page=1",
            "?status=ON_SALE",
            "?sort=newest&size=50",
            "?q=onsale%20demo",
            "?q=crowd");

    @Override
    public String name() {
        return "reads";
    }

    @Override
    public String measures() {
        return "lists, details and seat maps at constant rates together, through the gateway";
    }

    @Override
    public Result run(Range range) {
        Stage stage = range.onSaleWithoutLine(SEATS);
        List<Buyer> people = new Buyers(range.stack()).make(PEOPLE);
        try (Gun gun = new Gun(256)) {
            Range.say("warming up");
            crowd(range, gun, stage, people, WARM_UP);
            Range.say("reading for " + RUN.toSeconds() + " s");
            Volley[] volleys = crowd(range, gun, stage, people, RUN);
            Errors errors = new Errors();
            for (Volley volley : volleys) {
                errors.of(volley);
            }
            return errors.report(new Result(name())
                    .latency("list (" + LISTS_PER_SECOND + "/s)", volleys[0], 200, 0)
                    .latency("detail (" + DETAILS_PER_SECOND + "/s)", volleys[1], 100, 0)
                    .latency("seats of " + SEATS + " (" + SEAT_MAPS_PER_SECOND + "/s)", volleys[2], 300, 0));
        }
    }

    private static Volley[] crowd(Range range, Gun gun, Stage stage, List<Buyer> people, Duration duration) {
        String event = range.api() + "/events/" + stage.eventId();
        String seats = event + "/seats?performanceId=" + stage.performanceId();
        var lists = beside(
                gun,
                LISTS_PER_SECOND,
                duration,
                i -> read(range.api() + "/events" + LISTS.get(i % LISTS.size()), people, i / LISTS.size()));
        var details = beside(gun, DETAILS_PER_SECOND, duration, i -> read(event, people, i));
        var maps = beside(gun, SEAT_MAPS_PER_SECOND, duration, i -> read(seats, people, i));
        return new Volley[] {lists.join(), details.join(), maps.join()};
    }

    private static CompletableFuture<Volley> beside(Gun gun, int rate, Duration duration, IntFunction<Shot> shots) {
        // A thread for each: the common pool has one on two cores, and they would read one after the other.
        return CompletableFuture.supplyAsync(
                () -> new OpenLoad(gun, code -> code == 200).run(rate, duration, shots),
                task -> new Thread(task, "reads").start());
    }

    private static Shot read(String url, List<Buyer> people, int i) {
        Buyer reader = people.get(i % people.size());
        return Shot.get(url, i % 2 == 0 ? "" : reader.accessToken(), reader.address())
                .with("Accept-Encoding", "gzip");
    }
}
