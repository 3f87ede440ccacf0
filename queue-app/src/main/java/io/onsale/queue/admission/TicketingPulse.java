package io.onsale.queue.admission;

import io.onsale.queue.sales.TicketingProbe;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Feels the ticketing app's pulse once a second: what the brake goes by. */
final class TicketingPulse implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(TicketingPulse.class);
    private static final Duration EVERY = Duration.ofSeconds(1);

    private final TicketingProbe probe;
    private final AdmissionSettings settings;
    private final Brake brake;
    private volatile Disposable running = Disposables.disposed();

    TicketingPulse(TicketingProbe probe, AdmissionSettings settings) {
        this.probe = probe;
        this.settings = settings;
        this.brake = new Brake(settings.unheard(), System.nanoTime());
    }

    /** Of the set rate, 0..1. */
    double share() {
        return brake.share();
    }

    /** How long ended passes keep their slot: the longest hold, while nobody tells how holds move. */
    long slotGraceMillis() {
        return brake.isUnheard(System.nanoTime()) ? settings.longestHold().toMillis() : 0;
    }

    @Override
    public void start() {
        running = Flux.interval(EVERY)
                .onBackpressureDrop()
                .concatMap(tick -> feel(), 1)
                .subscribe();
    }

    private Mono<Void> feel() {
        return probe.ask(settings.slowAfter(), settings.slowHoldsAfter())
                .doOnSuccess(well -> brake.good(System.nanoTime()))
                .onErrorResume(trouble -> {
                    double before = brake.share();
                    brake.bad();
                    if (before == 1 && brake.share() < 1) {
                        log.warn("Admission slows down: the ticketing app is not well ({})", trouble.toString());
                    }
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
