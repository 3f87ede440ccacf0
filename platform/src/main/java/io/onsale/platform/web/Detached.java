package io.onsale.platform.web;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import reactor.core.publisher.Mono;

/**
 * The one place where work leaves the request it came with. A client who hangs up cancels the request's subscription; a hold, a
 * capture or a confirmation must not be cut in half by that, so it runs under a subscription of its own, and the client's merely
 * waits for its result. A stopping app waits for such work.
 */
public final class Detached implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(Detached.class);

    private final Duration atMost;
    private final AtomicInteger underWay = new AtomicInteger();
    private volatile boolean running;

    /** @param atMost after which work that never ends is given up, so that it cannot pile up */
    public Detached(Duration atMost) {
        this.atMost = atMost;
    }

    /** Runs the work to its end, whoever stops waiting for it. It starts when subscribed to, with the subscriber's context. */
    public <T> Mono<T> run(Mono<T> work) {
        return Mono.deferContextual(context -> Mono.fromFuture(
                work.timeout(atMost)
                        .doOnSubscribe(subscription -> underWay.incrementAndGet())
                        .doFinally(signal -> underWay.decrementAndGet())
                        .contextWrite(context)
                        .toFuture(),
                true));
    }

    /** How much work is under way. */
    public int underWay() {
        return underWay.get();
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public void stop(Runnable callback) {
        running = false;
        Mono.delay(Duration.ofMillis(20))
                .repeat(() -> underWay.get() > 0)
                .then()
                .timeout(atMost)
                .doOnError(e -> log.warn("{} pieces of detached work are left behind", underWay.get()))
                .onErrorComplete()
                .doFinally(signal -> callback.run())
                .subscribe();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Stops after the web server has answered its last request, before consumers and connections go. */
    @Override
    public int getPhase() {
        return SmartLifecycle.DEFAULT_PHASE - 3000;
    }
}
