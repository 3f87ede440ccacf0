package io.onsale.loadtest.bench;

import io.onsale.loadtest.Json;
import io.onsale.loadtest.demo.Stage;
import io.onsale.loadtest.measure.RateMeter;
import io.onsale.loadtest.people.Buyers.Buyer;
import io.onsale.loadtest.stack.Events;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** How exactly ten a second are let in over three minutes, with every running instance ticking; by the store's own clock. */
final class AdmissionBench implements Bench {

    private static final int RATE = 10;
    private static final Duration RUN = Duration.ofSeconds(180);
    private static final int CROWD = 2_600;

    @Override
    public String name() {
        return "admission";
    }

    @Override
    public String measures() {
        return "how exactly 10 a second are admitted over 180 s (start queue-app twice: ./onsale up --queue-instances 2)";
    }

    @Override
    public Result run(Range range) {
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
        Range.pause(RUN.plusSeconds(15));
        Map<String, Long> admitted = admitted(range, stage, since);
        return judge(admitted);
    }

    private static Map<String, Long> admitted(Range range, Stage stage, Instant since) {
        Map<String, Long> byPass = new HashMap<>();
        for (JsonNode envelope : new Events(range.stack().kafka())
                .since(
                        "queue.events",
                        since,
                        event -> event.path("eventType").asString("").equals("BuyerAdmitted"))) {
            JsonNode payload = envelope.path("payload");
            if (payload.path("eventId").asString("").equals(stage.eventId())) {
                byPass.putIfAbsent(
                        payload.path("passId").asString(""),
                        Instant.parse(payload.path("admittedAt").asString("")).toEpochMilli());
            }
        }
        return byPass;
    }

    private Result judge(Map<String, Long> byPass) {
        long[] all =
                byPass.values().stream().mapToLong(Long::longValue).sorted().toArray();
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
                .context(
                        "10-second averages",
                        String.format(
                                "%.2f to %.2f a second", tenSeconds.leastPerSecond(), tenSeconds.mostPerSecond()));
    }
}
