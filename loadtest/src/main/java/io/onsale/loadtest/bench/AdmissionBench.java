package io.onsale.loadtest.bench;

import io.onsale.loadtest.Complaint;
import io.onsale.loadtest.Json;
import io.onsale.loadtest.demo.Stage;
import io.onsale.loadtest.fault.Victims;
import io.onsale.loadtest.measure.RateMeter;
import io.onsale.loadtest.people.Buyers.Buyer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * How exactly ten a second are let in over three minutes, with every running instance ticking; by the store's own clock. One of the
 * instances may be killed in the middle: nobody is to notice.
 */
final class AdmissionBench implements Bench {

    private static final int RATE = 10;
    private static final Duration RUN = Duration.ofSeconds(180);
    private static final Duration UNTIL_THE_KILL = Duration.ofSeconds(60);
    private static final int CROWD = 2_600;

    private final boolean killsOne;

    AdmissionBench(boolean killsOne) {
        this.killsOne = killsOne;
    }

    @Override
    public String name() {
        return killsOne ? "admission-kill" : "admission";
    }

    @Override
    public boolean isOneOfAll() {
        return !killsOne;
    }

    @Override
    public String measures() {
        return "how exactly 10 a second are admitted over 180 s"
                + (killsOne ? " while one of two queue-apps is killed" : "")
                + " (start queue-app twice: ./onsale up --queue-instances 2)";
    }

    @Override
    public Result run(Range range) {
        Victims victims = new Victims(range.stack());
        List<String> instances = victims.instances("queue");
        if (killsOne && instances.size() < 2) {
            throw new Complaint("One of two queue-apps is to be killed: ./onsale up --queue-instances 2");
        }
        Instant since = Instant.now();
        // More seats than people, so that nothing but the rate holds anybody back.
        Stage stage = range.onSale(CROWD * 2, RATE);
        List<Buyer> buyers = range.buyers(CROWD);
        try (Gun gun = new Gun(64)) {
            var body = Json.object().put("eventId", stage.eventId());
            String enter = range.api() + "/queue/enter";
            Volley entered = new OpenLoad(gun, code -> code == 200)
                    .run(400, Duration.ofMillis(CROWD * 1_000L / 400), i -> {
                        Buyer buyer = buyers.get(i);
                        return Shot.post(enter, buyer.accessToken(), buyer.address(), body);
                    });
            Range.say(entered.good() + " in line; watching for " + RUN.toSeconds() + " s");
        }
        if (killsOne) {
            Range.pause(UNTIL_THE_KILL);
            victims.kill(instances.get(instances.size() - 1));
            Range.pause(RUN.plusSeconds(15).minus(UNTIL_THE_KILL));
        } else {
            Range.pause(RUN.plusSeconds(15));
        }
        Result result = judge(new Turns(range.stack(), stage.eventId(), since));
        result.claim(
                "queue-apps",
                instances.size() + (killsOne ? ", one killed after 60 s" : ""),
                ">= 2",
                instances.size() >= 2);
        if (killsOne) {
            victims.up();
        }
        return result;
    }

    private Result judge(Turns turns) {
        long[] all = turns.millis();
        // From a steady moment on: the meter starts with up to one second's credit.
        long from = all[0] + 5_000;
        RateMeter window = new RateMeter(java.util.Arrays.stream(all)
                .filter(at -> at >= from && at < from + RUN.toMillis())
                .toArray());
        int expected = (int) (RATE * RUN.toSeconds());
        int count = window.millis().length;
        RateMeter.Windows tenSeconds = window.perSecond(10_000);
        return new Result(name())
                .claim(
                        "admitted in 180 s",
                        count + " of " + expected,
                        "within 1 %",
                        Math.abs(count - expected) <= expected / 100.0)
                .claim(
                        "most in any second",
                        Integer.toString(new RateMeter(all).mostIn(1_000)),
                        "<= " + 2 * RATE + " (rate + burst)",
                        new RateMeter(all).mostIn(1_000) <= 2 * RATE)
                .claim("gap p99", window.gap(99) + " ms", "<= 250 ms", window.gap(99) <= 250)
                .claim(
                        "let in after somebody behind them; twice",
                        turns.inversions() + "; " + turns.twice(),
                        "0; 0",
                        turns.inversions() == 0 && turns.twice() == 0)
                .context(
                        "10-second averages",
                        String.format(
                                "%.2f to %.2f a second", tenSeconds.leastPerSecond(), tenSeconds.mostPerSecond()));
    }
}
