package io.onsale.loadtest.bench;

import io.onsale.loadtest.bench.Turns.Turn;
import io.onsale.loadtest.demo.Stage;
import io.onsale.loadtest.http.Api;
import io.onsale.loadtest.measure.RateMeter;
import io.onsale.loadtest.measure.Steps;
import io.onsale.loadtest.people.Buyers.Buyer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/**
 * The line loses its memory in the middle of an on-sale. Those in it come back with their place tokens in whatever order; others come
 * anew, some with a token that is worth nothing: another's, or of a place that was given up. The order must be the old one.
 */
final class LineLossBench implements Bench {

    private static final int RATE = 10;
    private static final int STAYERS = 400;
    private static final int LAST_SECOND = 20;
    private static final int LEAVERS = 10;
    private static final int NEWCOMERS = 40;
    private static final int BORROWERS = 10;
    private static final int AT_ONCE = 32;
    private static final Duration BEFORE = Duration.ofSeconds(12);
    private static final Duration LIMIT = Duration.ofMinutes(4);

    /** What Redis comes back with. */
    enum Loss {
        WIPED("line-wiped", "Redis is killed and comes back empty"),
        REWOUND("line-rewound", "Redis is killed and its log has lost the last second");

        private final String bench;
        private final String what;

        Loss(String bench, String what) {
            this.bench = bench;
            this.what = what;
        }
    }

    private final Loss loss;

    LineLossBench(Loss loss) {
        this.loss = loss;
    }

    @Override
    public String name() {
        return loss.bench;
    }

    @Override
    public String measures() {
        return loss.what + " in the middle of an on-sale; place tokens bring the line back in its order";
    }

    @Override
    public boolean isOneOfAll() {
        return false;
    }

    /** Everybody of a run, by what they do. */
    private record Cast(
            List<LineWaiter> stayers,
            List<LineWaiter> lastSecond,
            List<LineWaiter> leavers,
            List<LineWaiter> newcomers) {

        List<LineWaiter> old() {
            List<LineWaiter> all = new ArrayList<>(stayers);
            all.addAll(lastSecond);
            return all;
        }
    }

    @Override
    public Result run(Range range) {
        Instant since = Instant.now();
        Stage stage = range.onSale(2_000, RATE);
        AtomicBoolean over = new AtomicBoolean();
        try (Api api = new Api(new Steps(), 256)) {
            Cast cast = cast(range, stage, api);
            Operator operator = new Operator(range.stack());
            operator.pause(stage.eventId());
            all(cast.stayers, LineWaiter::enter);
            all(cast.leavers, LineWaiter::enter);
            Range.say(STAYERS + LEAVERS + " in line");
            operator.open(stage.eventId());
            // Begins now; what goes wrong in it is told where its end is waited for.
            CompletableFuture<Void> waiting =
                    together(cast.stayers, waiter -> waiter.waitFor(over::get)).toFuture();
            Range.pause(BEFORE);
            all(cast.leavers, LineWaiter::leave);
            Range.pause(Duration.ofSeconds(1));
            Map<LineWaiter, String> passes = lose(range, cast);
            borrow(cast);
            all(cast.newcomers, LineWaiter::enter);
            all(cast.leavers, LineWaiter::enter);
            List<LineWaiter> rest = new ArrayList<>(cast.lastSecond);
            rest.addAll(cast.newcomers);
            rest.addAll(cast.leavers);
            together(rest, waiter -> waiter.waitFor(over::get))
                    .then(Mono.fromFuture(waiting))
                    .block(LIMIT);
            over.set(true);
            all(passes.keySet(), LineWaiter::comeBack);
            Range.pause(Duration.ofSeconds(2));
            return judge(cast, passes, new Turns(range.stack(), stage.eventId(), since));
        }
    }

    /** The passes that were told before it. */
    private Map<LineWaiter, String> lose(Range range, Cast cast) {
        RedisLoss redis = new RedisLoss(range.stack());
        Map<LineWaiter, String> passes = passes(cast.stayers);
        if (loss == Loss.WIPED) {
            all(cast.lastSecond, LineWaiter::enter);
            redis.wiped();
        } else {
            redis.rewound(() -> all(cast.lastSecond, LineWaiter::enter));
        }
        return passes;
    }

    /** Some of the newcomers show a token that they have from somebody in line. */
    private static void borrow(Cast cast) {
        List<LineWaiter> lenders = cast.stayers.subList(STAYERS - BORROWERS, STAYERS);
        for (int i = 0; i < BORROWERS; i++) {
            cast.newcomers.get(i).showing(lenders.get(i).placeToken());
        }
    }

    private static Cast cast(Range range, Stage stage, Api api) {
        List<Buyer> buyers = range.buyers(STAYERS + LAST_SECOND + LEAVERS + NEWCOMERS);
        List<LineWaiter> waiters = buyers.stream()
                .map(buyer -> new LineWaiter(api, range.api() + "/queue", stage.eventId(), buyer))
                .toList();
        int lastSecond = STAYERS + LAST_SECOND;
        return new Cast(
                waiters.subList(0, STAYERS),
                waiters.subList(STAYERS, lastSecond),
                waiters.subList(lastSecond, lastSecond + LEAVERS),
                waiters.subList(lastSecond + LEAVERS, waiters.size()));
    }

    private Result judge(Cast cast, Map<LineWaiter, String> passes, Turns turns) {
        Map<String, Turn> byUser = new LinkedHashMap<>();
        turns.inTime().forEach(turn -> byUser.put(turn.userId(), turn));
        long epoch = turns.inTime().get(0).epoch();
        long served =
                cast.old().stream().filter(waiter -> !waiter.pass().isEmpty()).count();
        long keptPass = passes.entrySet().stream()
                .filter(entry -> passId(entry.getKey().pass()).equals(passId(entry.getValue())))
                .count();
        List<LineWaiter> strangers = new ArrayList<>(cast.leavers);
        strangers.addAll(cast.newcomers);
        long jumped = strangers.stream()
                .map(waiter -> byUser.get(waiter.userId()))
                .filter(turn -> turn != null && turn.epoch() <= epoch)
                .count();
        int old = cast.old().size();
        RateMeter meter = new RateMeter(turns.millis());
        int most = meter.mostIn(1_000);
        long pauseMillis = meter.gap(100);
        return new Result(name())
                .claim("let in, of those in line before", served + " of " + old, "all", served == old)
                .claim("let in after somebody behind them", turns.inversions() + "", "0", turns.inversions() == 0)
                .claim("people let in on two places", turns.twice() + "", "0", turns.twice() == 0)
                .claim(
                        "passes with the same id afterwards",
                        keptPass + " of " + passes.size(),
                        "all",
                        keptPass == passes.size())
                .claim(
                        "ahead by another's token, or by that of a place given up",
                        jumped + " of " + strangers.size(),
                        "0",
                        jumped == 0)
                .claim("most in any second", most + "", "<= " + 2 * RATE + " (rate + burst)", most <= 2 * RATE)
                .context("in line when it happened", Integer.toString(old - passes.size()))
                .claim(
                        "nobody let in for, after the loss",
                        String.format("%.1f s", pauseMillis / 1_000.0),
                        ">= 30 s",
                        pauseMillis >= 30_000);
    }

    /** A pass that is granted again says the same of whose it is and what for, and ends later. */
    private static String passId(String pass) {
        String[] parts = pass.split("\\.", -1);
        byte[] claims = parts.length == 3 ? Base64.getUrlDecoder().decode(parts[1]) : new byte[0];
        return claims.length == 0
                ? ""
                : JsonMapper.shared().readTree(claims).path("jti").asString("");
    }

    private static Map<LineWaiter, String> passes(List<LineWaiter> waiters) {
        Map<LineWaiter, String> passes = new LinkedHashMap<>();
        waiters.stream()
                .filter(waiter -> !waiter.pass().isEmpty())
                .forEach(waiter -> passes.put(waiter, waiter.pass()));
        return passes;
    }

    private static void all(Collection<LineWaiter> waiters, Function<LineWaiter, Mono<Void>> act) {
        Flux.fromIterable(waiters).flatMap(act, AT_ONCE).blockLast(LIMIT);
    }

    private static Mono<Void> together(Collection<LineWaiter> waiters, Function<LineWaiter, Mono<Void>> act) {
        return Flux.fromIterable(waiters).flatMap(act, waiters.size()).then();
    }
}
