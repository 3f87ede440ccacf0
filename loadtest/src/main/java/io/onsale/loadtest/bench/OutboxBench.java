package io.onsale.loadtest.bench;

import io.onsale.loadtest.Json;
import io.onsale.loadtest.demo.Stage;
import io.onsale.loadtest.people.Buyers.Buyer;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import tools.jackson.databind.json.JsonMapper;

/**
 * How long an event takes from its transaction to a consumer, against what an outbox that only looks now and then has to take: the wait for the next look, and
 * Kafka's own round trip at the same rate. Counted from the moment the event was written, which is before its commit.
 */
final class OutboxBench implements Bench {

    /** {@code onsale.outbox.poll-interval} and the producer's linger, as the apps have them. */
    private static final double POLL_MILLIS = 100;

    private static final double LINGER_MILLIS = 0;
    private static final double BAR = 2;
    private static final int PER_SECOND = 50;
    private static final Duration SLICE = Duration.ofSeconds(15);
    private static final String TOPIC = "reservation.events";

    @Override
    public String name() {
        return "outbox";
    }

    @Override
    public String measures() {
        return "commit to consumer p99 / (poll interval + linger + raw Kafka round trip p99), " + PER_SECOND
                + " holds a second";
    }

    @Override
    public Result run(Range range) {
        int shots = (int) (PER_SECOND * SLICE.toSeconds());
        int seats = shots * (range.pairs() + 1);
        Stage stage = range.onSaleWithoutLine(seats);
        List<Buyer> buyers = range.buyers(seats);
        AtomicInteger seat = new AtomicInteger();
        String hold = range.stack().ticketingApp(1) + "/api/v1/reservations/hold";
        IntFunction<Shot> holding = i -> {
            int number = seat.getAndIncrement();
            var body = Json.object().put("performanceId", stage.performanceId());
            body.set("seatIds", Json.array(List.of(stage.seatIds().get(number))));
            return Shot.post(
                            hold,
                            buyers.get(number).accessToken(),
                            buyers.get(number).address(),
                            body)
                    .with("Idempotency-Key", "\"" + UUID.randomUUID() + "\"");
        };
        Errors errors = new Errors();
        try (Gun gun = new Gun(64);
                KafkaTrip raw = new KafkaTrip(range.stack().kafka())) {
            OpenLoad load = new OpenLoad(gun, code -> code == 201);
            KafkaEar warm = new KafkaEar(range.stack().kafka(), TOPIC, text -> occurredAt(text, stage));
            load.run(PER_SECOND, SLICE, holding);
            raw.p99Millis(PER_SECOND, Duration.ofSeconds(5));
            warm.p99Millis(shots);
            Pairs pairs = Pairs.run(
                    range.pairs(),
                    () -> {
                        KafkaEar ear = new KafkaEar(range.stack().kafka(), TOPIC, text -> occurredAt(text, stage));
                        long good =
                                errors.of(load.run(PER_SECOND, SLICE, holding)).good();
                        return ear.p99Millis(good);
                    },
                    () -> POLL_MILLIS + LINGER_MILLIS + raw.p99Millis(PER_SECOND, SLICE),
                    Range::say);
            double rawMillis = Pairs.median(pairs.b()) - POLL_MILLIS - LINGER_MILLIS;
            Result result = new Result(name())
                    .ratio("commit to consumer p99 / (poll + linger + raw round trip p99)", pairs, "ms", BAR, false);
            result.context("raw Kafka round trip, p99", String.format("%.1f ms (median)", rawMillis));
            result.context(
                    "samples in each", shots + " at " + PER_SECOND + " a second; poll interval 100 ms, linger 0 ms");
            return errors.report(result);
        }
    }

    /** Of an event of this bench's own crowd; -1 for others. */
    private static long occurredAt(String text, Stage stage) {
        if (!text.contains(stage.eventId()) || !text.contains("\"SeatsHeld\"")) {
            return -1;
        }
        var at = java.time.Instant.parse(
                JsonMapper.shared().readTree(text).path("occurredAt").asString(""));
        return at.getEpochSecond() * 1_000_000 + at.getNano() / 1_000;
    }
}
