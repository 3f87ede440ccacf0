package io.onsale.loadtest.bench;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;

/**
 * Shots at a constant rate, whatever the system answers. Latency counts from the moment a shot was due, so a stall is paid for by
 * everyone who was due in it.
 */
final class OpenLoad {

    private static final int MOST_IN_FLIGHT = 20_000;
    private static final long NAP_NANOS = 200_000;

    private final Gun gun;
    private final IntPredicate wanted;
    private final long deadlineNanos;

    /** @param wanted which statuses are a success */
    OpenLoad(Gun gun, IntPredicate wanted) {
        this(gun, wanted, Duration.ofDays(1));
    }

    /** @param deadline what comes later is no success */
    OpenLoad(Gun gun, IntPredicate wanted, Duration deadline) {
        this.gun = gun;
        this.wanted = wanted;
        this.deadlineNanos = deadline.toNanos();
    }

    Volley run(double perSecond, Duration duration, IntFunction<Shot> shots) {
        Volley volley = new Volley();
        int count = (int) Math.round(perSecond * duration.toMillis() / 1_000);
        AtomicInteger inFlight = new AtomicInteger();
        CountDownLatch open = new CountDownLatch(count);
        double spacing = 1e9 / perSecond;
        long began = System.nanoTime();
        for (int i = 0; i < count; i++) {
            long due = began + (long) (i * spacing);
            while (System.nanoTime() < due) {
                LockSupport.parkNanos(Math.min(NAP_NANOS, due - System.nanoTime()));
            }
            if (inFlight.incrementAndGet() > MOST_IN_FLIGHT) {
                inFlight.decrementAndGet();
                volley.dropped();
                open.countDown();
                continue;
            }
            gun.fire(shots.apply(i))
                    .doFinally(signal -> {
                        inFlight.decrementAndGet();
                        open.countDown();
                    })
                    .subscribe(
                            status -> {
                                long took = System.nanoTime() - due;
                                volley.answered(status, wanted.test(status) && took <= deadlineNanos, took);
                            },
                            volley::failed);
        }
        double sending = (System.nanoTime() - began) / 1e9;
        await(open);
        return volley.over((System.nanoTime() - began) / 1e9, count / sending);
    }

    private static void await(CountDownLatch open) {
        try {
            if (!open.await(60, TimeUnit.SECONDS)) {
                throw new IllegalStateException(open.getCount() + " requests are still open after a minute");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
