package io.onsale.loadtest.bench;

import io.onsale.loadtest.Json;
import io.onsale.loadtest.demo.Stage;
import io.onsale.loadtest.http.Api;
import io.onsale.loadtest.http.Reply;
import io.onsale.loadtest.http.Request;
import io.onsale.loadtest.measure.RateMeter;
import io.onsale.loadtest.measure.Steps;
import io.onsale.loadtest.people.Buyers.Buyer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is left of the best throughput when three times as many press "enter" as can be served: the others are to be told so at once, and
 * the line goes on as ever. Good is an answer within a second of the moment its request was due.
 */
final class GoodputBench implements Bench {

    private static final int RATE = 10;
    /** So many that nobody's token is remembered when they press again. */
    private static final int PEOPLE = 24_000;

    /** So many that those who wait do so at the gateway, not for a connection. */
    private static final int CONNECTIONS = 4_096;

    private static final int WARM_UP_CLIENTS = 64;
    private static final Duration WARM_UP_OVERLOAD = Duration.ofSeconds(15);
    private static final int LEAST_PER_SECOND = 100;
    private static final int MOST_PER_SECOND = 6_000;
    private static final double STEP = 1.2;
    private static final int TRIES = 2;
    private static final double SERVED = 0.9;
    private static final int OVERLOAD = 3;
    private static final double BAR = 0.7;
    /** Of the rate: one admission in ten seconds may fall to the window's other side. */
    private static final double EXACT = 0.98;

    private static final Duration IN_TIME = Duration.ofSeconds(1);
    private static final Duration REST = Duration.ofSeconds(3);
    private static final Set<Integer> SHED = Set.of(429, 503);
    private static final Set<Integer> SERVED_OR_SHED = Set.of(200, 429, 503);

    @Override
    public String name() {
        return "goodput";
    }

    @Override
    public String measures() {
        return "enters answered in time at three times saturation / at saturation, open load";
    }

    @Override
    public Result run(Range range) {
        Instant since = Instant.now();
        Stage stage = range.onSale(PEOPLE, RATE);
        Crowd crowd = new Crowd(range, stage, range.buyers(PEOPLE), new AtomicInteger());
        try (Gun gun = new Gun(CONNECTIONS);
                Api api = new Api(new Steps(), 2)) {
            Range.say("warming up");
            new ClosedLoad(gun, WARM_UP_CLIENTS, status -> status == 200).warmUp(crowd::press);
            // Twice the usual slice, since what is answered in the second after it counts as well.
            Duration slice = range.slice().multipliedBy(2);
            int saturation = saturation(crowd, gun, range.slice());
            Range.say("warming up what refuses");
            crowd.enter(gun, saturation * OVERLOAD, WARM_UP_OVERLOAD);
            Witness witness = new Witness();
            Disposable asking = witness.ask(api, crowd);
            Errors broken = new Errors();
            Errors saturated = new Errors();
            Pairs pairs = Pairs.run(
                    range.pairs(),
                    () -> goodput(broken.of(crowd.enter(gun, saturation * OVERLOAD, slice)), slice),
                    // Not less than the search has seen: a slice that was spoilt makes overload look harmless.
                    () -> Math.max(
                            saturation * SERVED, goodput(saturated.of(crowd.enter(gun, saturation, slice)), slice)),
                    Range::say);
            asking.dispose();
            Result result = new Result(name())
                    .context("saturation (nine of ten answered within a second)", saturation + " enters/s")
                    .ratio("goodput at 3x / at saturation", pairs, "enters/s", BAR, true)
                    .claim(
                            "overload answered, but neither served nor shed",
                            broken.answeredOtherwise(SERVED_OR_SHED).toString(),
                            "{}",
                            broken.answeredOtherwise(SERVED_OR_SHED).isEmpty())
                    .context("how the overload ended", broken.endings())
                    .context("how saturation ended", saturated.endings());
            return admissions(witness.report(result), new Turns(range.stack(), stage.eventId(), since));
        }
    }

    /** The last rate before one at which not everybody is served in time, tried twice: a compiler or a collector may have come between. */
    private static int saturation(Crowd crowd, Gun gun, Duration slice) {
        int served = LEAST_PER_SECOND;
        for (double rate = LEAST_PER_SECOND; rate < MOST_PER_SECOND; rate *= STEP) {
            int perSecond = (int) rate;
            if (IntStream.range(0, TRIES).noneMatch(tried -> isServed(crowd, gun, perSecond, slice))) {
                break;
            }
            served = perSecond;
        }
        return served;
    }

    private static boolean isServed(Crowd crowd, Gun gun, int perSecond, Duration slice) {
        double good = goodput(crowd.enter(gun, perSecond, slice), slice);
        Range.say(String.format("%d/s: %.0f/s in time", perSecond, good));
        return good >= perSecond * SERVED;
    }

    private static double goodput(Volley volley, Duration slice) {
        return volley.good() / (slice.toMillis() / 1_000.0);
    }

    private static Result admissions(Result result, Turns turns) {
        RateMeter meter = new RateMeter(turns.millis());
        RateMeter.Windows tenSeconds = meter.perSecond(10_000);
        return result.claim(
                        "least admitted in ten seconds",
                        String.format("%.2f a second", tenSeconds.leastPerSecond()),
                        ">= " + RATE * EXACT,
                        tenSeconds.leastPerSecond() >= RATE * EXACT)
                .claim(
                        "most admitted in any second",
                        Integer.toString(meter.mostIn(1_000)),
                        "<= " + 2 * RATE + " (rate + burst)",
                        meter.mostIn(1_000) <= 2 * RATE)
                .claim(
                        "let in after somebody behind them; twice",
                        turns.inversions() + "; " + turns.twice(),
                        "0; 0",
                        turns.inversions() == 0 && turns.twice() == 0)
                .context(
                        "admission, 10-second averages",
                        String.format(
                                "%.2f to %.2f a second", tenSeconds.leastPerSecond(), tenSeconds.mostPerSecond()));
    }

    /** People who press again and again, most of whom are in line already: an enter is idempotent. */
    private record Crowd(Range range, Stage stage, List<Buyer> people, AtomicInteger next) {

        Volley enter(Gun gun, int perSecond, Duration duration) {
            Volley volley = new OpenLoad(gun, status -> status == 200, IN_TIME).run(perSecond, duration, this::press);
            Range.pause(REST);
            return volley;
        }

        Shot press(int unused) {
            Buyer buyer = people.get(Math.floorMod(next.getAndIncrement(), people.size()));
            ObjectNode body = Json.object().put("eventId", stage.eventId());
            return Shot.post(range.api() + "/queue/enter", buyer.accessToken(), buyer.address(), body);
        }
    }

    /** One who looks closely at what the shed are told. */
    private static final class Witness {

        private final AtomicInteger shed = new AtomicInteger();
        private final AtomicInteger untold = new AtomicInteger();
        private final AtomicInteger broken = new AtomicInteger();
        private final AtomicInteger silent = new AtomicInteger();

        Disposable ask(Api api, Crowd crowd) {
            ObjectNode body = Json.object().put("eventId", crowd.stage.eventId());
            return Flux.interval(Duration.ofMillis(100))
                    .onBackpressureDrop()
                    .concatMap(
                            i -> {
                                Buyer buyer = crowd.people.get((int) (i % crowd.people.size()));
                                return api.send(Request.post("witness", crowd.range.api() + "/queue/enter", body)
                                                .with("Authorization", "Bearer " + buyer.accessToken())
                                                .with("X-Forwarded-For", buyer.address()))
                                        .doOnNext(this::judge)
                                        .doOnError(noAnswer -> silent.incrementAndGet())
                                        .onErrorComplete();
                            },
                            1)
                    .subscribe(reply -> {}, failure -> silent.incrementAndGet());
        }

        private void judge(Reply reply) {
            if (SHED.contains(reply.status())) {
                (reply.retryAfter().isZero() ? untold : shed).incrementAndGet();
            } else if (!reply.ok()) {
                broken.incrementAndGet();
            }
        }

        Result report(Result result) {
            return result.claim(
                    "refused with Retry-After; without; refused otherwise; not answered (a sample)",
                    shed + "; " + untold + "; " + broken + "; " + silent,
                    "any; 0; 0; 0",
                    untold.get() == 0 && broken.get() == 0 && silent.get() == 0);
        }
    }
}
