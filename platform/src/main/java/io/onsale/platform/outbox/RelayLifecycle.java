package io.onsale.platform.outbox;

import java.time.Duration;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Keeps the lease, the relay and the housekeeping going from the app's start to its stop. */
final class RelayLifecycle implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(RelayLifecycle.class);

    private final OutboxSettings settings;
    private final RelayLease lease;
    private final Relay relay;
    private final Housekeeping housekeeping;
    private final PostgresParkedMessages parked;
    private final OutboxMetrics metrics;
    private final Wakeup wakeup;
    private Disposable.Composite loops = Disposables.composite();
    private volatile boolean running;

    RelayLifecycle(
            OutboxSettings settings,
            RelayLease lease,
            Relay relay,
            Housekeeping housekeeping,
            PostgresParkedMessages parked,
            OutboxMetrics metrics,
            Wakeup wakeup) {
        this.settings = settings;
        this.lease = lease;
        this.relay = relay;
        this.housekeeping = housekeeping;
        this.parked = parked;
        this.metrics = metrics;
        this.wakeup = wakeup;
    }

    @Override
    public void start() {
        running = true;
        loops = Disposables.composite(
                every(settings.lease().dividedBy(4), "keep the lease", lease::takeOrRenew),
                loop(ticks(settings.pollInterval()).mergeWith(wakeup.calls()), "relay", relay::publishPending),
                whileLeased(
                        Duration.ofMillis(500),
                        "finish",
                        () -> housekeeping.finish().then()),
                whileLeased(settings.resendAfter().dividedBy(3), "send again", this::sendLostAgain),
                whileLeased(
                        Duration.ofSeconds(2),
                        "release parked",
                        () -> parked.replayFreed().then()),
                whileLeased(Duration.ofMinutes(1), "forget", housekeeping::forgetOld),
                every(Duration.ofSeconds(5), "measure", metrics::measure));
    }

    private Mono<Void> sendLostAgain() {
        return housekeeping
                .sendLostAgain()
                .doOnNext(rows -> {
                    if (rows > 0) {
                        log.warn("{} events that their consumers do not hold go out again", rows);
                    }
                })
                .then();
    }

    private Disposable whileLeased(Duration period, String what, Supplier<Mono<Void>> work) {
        return every(period, what, () -> lease.held() ? work.get() : Mono.empty());
    }

    private Disposable every(Duration period, String what, Supplier<Mono<Void>> work) {
        return loop(ticks(period), what, work);
    }

    private static Flux<Boolean> ticks(Duration period) {
        return Flux.interval(Duration.ZERO, period).onBackpressureDrop().map(tick -> true);
    }

    /** One run at a time; calls during a run are one more run after it. */
    private Disposable loop(Flux<Boolean> calls, String what, Supplier<Mono<Void>> work) {
        return calls.onBackpressureLatest()
                .concatMap(
                        call -> Mono.defer(work).onErrorResume(failure -> {
                            log.warn("Outbox could not {}: {}", what, failure.toString());
                            return Mono.delay(Duration.ofMillis(500)).then();
                        }),
                        0)
                .subscribe(null, failure -> log.error("Outbox stopped to {}", what, failure));
    }

    @Override
    public void stop() {
        stop(() -> {});
    }

    @Override
    public void stop(Runnable callback) {
        running = false;
        loops.dispose();
        lease.giveBack()
                .timeout(Duration.ofSeconds(2))
                .doFinally(end -> callback.run())
                .subscribe(null, failure -> log.debug("The lease will run out by itself: {}", failure.toString()));
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
