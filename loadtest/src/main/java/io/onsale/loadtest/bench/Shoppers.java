package io.onsale.loadtest.bench;

import io.onsale.loadtest.demo.Stage;
import io.onsale.loadtest.http.Api;
import io.onsale.loadtest.http.Reply;
import io.onsale.loadtest.measure.Steps;
import io.onsale.loadtest.people.Buyers.Buyer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * People one after another: each enters the line unless it is there already, asks, buys as soon as it is let in, and goes. In front of a
 * line that lets in as many a second as come, as many shop as are let in.
 */
final class Shoppers implements AutoCloseable {

    private final Range range;
    private final Stage stage;
    private final List<Buyer> people;
    private final Steps steps = new Steps();
    private final Api api = new Api(steps, 400);
    /** Asking for one's turn is the line's business, not the shop's. */
    private final Api inLine = new Api(new Steps(), 200);

    private final Queue<Purchase.Asked> payments = new ConcurrentLinkedQueue<>();
    private final Map<String, LongAdder> failures = new ConcurrentHashMap<>();
    private final LongAdder bought = new LongAdder();
    private final LongAdder inside = new LongAdder();
    private final Disposable shopping;
    private volatile double perSecond;
    private volatile long next = System.nanoTime();

    /** @param perSecond who come, from now on, at most as many as the line lets in */
    Shoppers(Range range, Stage stage, List<Buyer> people, double perSecond) {
        this.range = range;
        this.stage = stage;
        this.people = people;
        this.perSecond = perSecond;
        this.shopping = Flux.range(0, people.size())
                .concatMap(this::due, 1)
                .flatMap(this::shop, people.size())
                .subscribe(reply -> bought.increment(), this::failed);
    }

    /** Who come from now on. */
    void come(double everySecond) {
        perSecond = everySecond;
    }

    /** Counted from when the one before was due, not from when the clock got round to it. One at a time. */
    @SuppressWarnings("NonAtomicOperationOnVolatileField")
    private Mono<Integer> due(int turn) {
        next += (long) (1e9 / perSecond);
        return Mono.delay(Duration.ofNanos(Math.max(0, next - System.nanoTime())))
                .thenReturn(turn);
    }

    /** People in the shop who have no ticket yet. */
    long inside() {
        return inside.sum();
    }

    private Mono<Reply> shop(int turn) {
        Buyer buyer = people.get(turn);
        LineWaiter waiter = new LineWaiter(inLine, range.api() + "/queue", stage.eventId(), buyer);
        return waiter.enter()
                .then(waiter.waitFor(() -> false))
                .then(Mono.defer(() -> {
                    String seat = stage.seatIds().get(turn);
                    Purchase purchase =
                            new Purchase(api, range.api(), buyer, stage, seat, waiter.pass(), payments::add);
                    inside.increment();
                    return purchase.look().then(purchase.run()).doFinally(end -> inside.decrement());
                }))
                .onErrorResume(failure -> {
                    failed(failure);
                    return Mono.empty();
                });
    }

    private void failed(Throwable failure) {
        failures.computeIfAbsent(String.valueOf(failure.getMessage()), reason -> new LongAdder())
                .increment();
    }

    /** What was before does not count. */
    void measure() {
        steps.takeLatencies();
        payments.clear();
        failures.clear();
        bought.reset();
    }

    /** Since then. */
    record Found(
            long bought, Map<String, Long> failures, Map<String, Histogram> latencies, List<Purchase.Asked> payments) {

        long errors() {
            return failures.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    Found found() {
        Map<String, Long> counts = new TreeMap<>();
        failures.forEach((reason, count) -> counts.put(reason, count.sum()));
        return new Found(bought.sum(), counts, steps.takeLatencies(), List.copyOf(payments));
    }

    @Override
    public void close() {
        shopping.dispose();
        inLine.close();
        api.close();
    }
}
