package io.onsale.platform;

import java.time.Duration;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Work that is done again and again from the app's start to its stop: one run at a time, the next one a period after the last
 * began or, if that took longer, at once. A run that fails is logged; a stop lets the run in hand finish.
 */
public final class Repeating implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Repeating.class);
    private static final Duration FINISH_WITHIN = Duration.ofSeconds(10);

    private final String name;
    private final Duration period;
    private final Supplier<Mono<Void>> work;
    private final int phase;
    private volatile Sinks.Empty<Void> stop = Sinks.empty();
    private volatile Sinks.Empty<Void> stopped = Sinks.empty();
    private volatile boolean running;

    private Repeating(String name, Duration period, Supplier<Mono<Void>> work, int phase) {
        this.name = name;
        this.period = period;
        this.work = work;
        this.phase = phase;
    }

    /** A bean that does the work once per period. */
    public static Repeating every(Duration period, String name, Supplier<Mono<Void>> work) {
        return new Repeating(name, period, work, DEFAULT_PHASE);
    }

    /** The same, but stopping (and starting) in another phase than the first to stop. */
    public Repeating inPhase(int other) {
        return new Repeating(name, period, work, other);
    }

    @Override
    public void start() {
        running = true;
        stop = Sinks.empty();
        Sinks.Empty<Void> end = Sinks.empty();
        stopped = end;
        Disposable ignored = Flux.interval(period)
                .onBackpressureLatest()
                .takeUntilOther(stop.asMono())
                .concatMap(tick -> run(), 0)
                .doFinally(signal -> end.tryEmitEmpty())
                .subscribe(null, failure -> log.error("{} ended", name, failure));
    }

    private Mono<Void> run() {
        return Mono.defer(work).onErrorResume(failure -> {
            log.warn("{} will be tried again: {}", name, failure.toString());
            return Mono.empty();
        });
    }

    @Override
    public void stop() {
        stop(() -> {});
    }

    @Override
    public void stop(Runnable callback) {
        running = false;
        stop.tryEmitEmpty();
        stopped.asMono()
                .timeout(FINISH_WITHIN, Mono.empty())
                .doFinally(signal -> callback.run())
                .subscribe();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return phase;
    }
}
