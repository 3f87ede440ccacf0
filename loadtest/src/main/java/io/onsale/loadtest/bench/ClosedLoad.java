package io.onsale.loadtest.bench;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A fixed number of clients, each of which sends its next shot when it has the answer to the last: how much fits through. */
final class ClosedLoad {

    private static final Duration WARM_UP_SLICE = Duration.ofSeconds(5);
    private static final int WARM_UP_SLICES = 16;
    private static final int SLICES_WITHOUT_GAIN = 5;
    private static final double GAIN = 1.03;

    private final Gun gun;
    private final int clients;
    private final IntPredicate wanted;
    private final AtomicInteger next = new AtomicInteger();

    ClosedLoad(Gun gun, int clients, IntPredicate wanted) {
        this.gun = gun;
        this.clients = clients;
        this.wanted = wanted;
    }

    /** @param shots by a number that no other shot of this load has had */
    Volley run(Duration duration, IntFunction<Shot> shots) {
        Volley volley = new Volley();
        long began = System.nanoTime();
        long end = began + duration.toNanos();
        Flux.range(0, clients)
                .flatMap(client -> shoot(volley, shots).repeat(() -> System.nanoTime() < end), clients)
                .blockLast(duration.plusSeconds(60));
        double seconds = (System.nanoTime() - began) / 1e9;
        return volley.over(seconds, 0);
    }

    /** Until it becomes no faster: what has just started is compiled on the way, and that may take more than a minute. */
    void warmUp(IntFunction<Shot> shots) {
        double best = 0;
        int sinceBest = 0;
        for (int slices = 0; slices < WARM_UP_SLICES && sinceBest < SLICES_WITHOUT_GAIN; slices++) {
            double rate = run(WARM_UP_SLICE, shots).perSecond();
            sinceBest = rate > best * GAIN ? 0 : sinceBest + 1;
            best = Math.max(best, rate);
        }
    }

    /** So many shots, however long they take. */
    Volley fire(int count, IntFunction<Shot> shots) {
        Volley volley = new Volley();
        long began = System.nanoTime();
        Flux.range(0, count)
                .flatMap(i -> shoot(volley, unused -> shots.apply(i)), clients)
                .blockLast(Duration.ofMinutes(5));
        return volley.over((System.nanoTime() - began) / 1e9, 0);
    }

    private Mono<Integer> shoot(Volley volley, IntFunction<Shot> shots) {
        return Mono.defer(() -> {
            long began = System.nanoTime();
            return gun.fire(shots.apply(next.getAndIncrement()))
                    .doOnNext(status -> volley.answered(status, wanted.test(status), System.nanoTime() - began))
                    .onErrorResume(failure -> {
                        volley.failed(failure);
                        return Mono.delay(Duration.ofMillis(20)).thenReturn(0);
                    });
        });
    }
}
