package io.onsale.platform.web;

import io.onsale.platform.problem.CommonProblem;
import io.onsale.platform.problem.Problem;
import io.onsale.platform.problem.ProblemException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

/**
 * The one place where work leaves the request it came with. A client who hangs up cancels the request's subscription; a hold, a
 * capture or a confirmation must not be cut in half by that, so it runs under a subscription of its own, and the client's merely
 * waits for its result. A stopping app waits for such work. Since nobody's patience ends it, so much of it may be under way and no more:
 * beyond that the answer is 503 at once, with {@code Retry-After}, and nothing has been begun.
 */
public final class Detached implements SmartLifecycle {
    /** Stops after the web server has answered its last request, before consumers and connections go. */
    public static final int PHASE = SmartLifecycle.DEFAULT_PHASE - 3000;

    private static final Logger log = LoggerFactory.getLogger(Detached.class);

    private final Duration atMost;
    private final int manyAtMost;
    private final AtomicInteger underWay = new AtomicInteger();
    private volatile boolean running;

    /**
     * @param atMost after which work that never ends is given up
     * @param manyAtMost pieces of work under way; further ones are refused
     */
    public Detached(Duration atMost, int manyAtMost) {
        this.atMost = atMost;
        this.manyAtMost = manyAtMost;
    }

    /** Runs the work to its end, whoever stops waiting for it. It starts when subscribed to, with the subscriber's context. */
    public <T> Mono<T> run(Mono<T> work) {
        return Mono.deferContextual(context -> {
            if (underWay.get() >= manyAtMost) {
                return Mono.error(Problem.of(CommonProblem.UNAVAILABLE)
                        .retryAfter(Duration.ofSeconds(1))
                        .asException());
            }
            AtomicBoolean left = new AtomicBoolean();
            CompletableFuture<Outcome<T>> outcome = begin(work, context).handle((value, error) -> {
                if (error != null && left.get()) {
                    unheard(error);
                }
                return new Outcome<>(value, error);
            });
            return Mono.fromFuture(outcome, true)
                    .doOnCancel(() -> left.set(true))
                    .flatMap(Outcome::told);
        });
    }

    /** Of work that has ended. Told as a value, since Reactor makes noise about an error that nobody waits for any more. */
    private record Outcome<T>(@Nullable T value, @Nullable Throwable error) {

        Mono<T> told() {
            return error == null ? Mono.justOrEmpty(value) : Mono.error(error);
        }
    }

    /** The client left before it failed. A refusal concerned nobody else. */
    private static void unheard(Throwable error) {
        if (!(error instanceof ProblemException)) {
            log.warn("Work that nobody waited for any more failed: {}", error.toString());
        }
    }

    private <T> CompletableFuture<T> begin(Mono<T> work, ContextView context) {
        return work.timeout(atMost)
                .doOnSubscribe(subscription -> underWay.incrementAndGet())
                .doFinally(signal -> underWay.decrementAndGet())
                .contextWrite(context)
                .toFuture();
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

    @Override
    public int getPhase() {
        return PHASE;
    }
}
