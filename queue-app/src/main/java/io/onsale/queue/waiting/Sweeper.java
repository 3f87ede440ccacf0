package io.onsale.queue.waiting;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Sweeps every line a few times a minute. Any number of instances may: the script says who is due. */
final class Sweeper implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(Sweeper.class);
    private static final Duration EVERY = Duration.ofSeconds(5);

    private final Lines lines;
    private final SweepSilent sweepSilent;
    private volatile Disposable running = Disposables.disposed();

    Sweeper(Lines lines, SweepSilent sweepSilent) {
        this.lines = lines;
        this.sweepSilent = sweepSilent;
    }

    @Override
    public void start() {
        running = Flux.interval(EVERY)
                .onBackpressureDrop()
                .concatMap(tick -> Flux.fromIterable(lines.all()).concatMap(this::sweep), 1)
                .subscribe();
    }

    private Mono<Long> sweep(Line line) {
        return sweepSilent.run(line).onErrorResume(trouble -> {
            log.debug("{} was not swept: {}", line.eventId(), trouble.toString());
            return Mono.empty();
        });
    }

    @Override
    public void stop() {
        running.dispose();
    }

    @Override
    public boolean isRunning() {
        return !running.isDisposed();
    }
}
