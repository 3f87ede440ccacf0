package io.onsale.queue.admission;

import io.onsale.queue.waiting.Line;
import io.onsale.queue.waiting.LineFacts;
import io.onsale.queue.waiting.Lines;
import io.onsale.queue.waiting.StoreTrouble;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Ticks every line on every instance, without leader or lock: the meter in the script makes the sum of all ticks exactly
 * the rate. A line with somebody in it ticks fast, an empty one slowly, until a join is answered here.
 */
public final class Ticker implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(Ticker.class);
    private static final long OVERLAP_MILLIS = 1_000;
    private static final int FAILURES_OUT_OF_REACH = 2;

    private final Lines lines;
    private final AdmitWaiting admitWaiting;
    private final TicketingPulse pulse;
    private final AdmissionSettings settings;
    private final List<TickListener> listeners;
    private final Map<Line, Beat> beats = new ConcurrentHashMap<>();
    private volatile Disposable running = Disposables.disposed();

    Ticker(
            Lines lines,
            AdmitWaiting admitWaiting,
            TicketingPulse pulse,
            AdmissionSettings settings,
            List<TickListener> listeners) {
        this.lines = lines;
        this.admitWaiting = admitWaiting;
        this.pulse = pulse;
        this.settings = settings;
        this.listeners = listeners;
    }

    /** How one line is ticked here. Only touched by its own ticks, one at a time. */
    private static final class Beat {
        volatile boolean underWay;
        volatile long lastNanos = System.nanoTime() - Long.MAX_VALUE / 2;
        volatile String cursor = "";
        volatile @Nullable Tick last;
        volatile int failures;
    }

    /** The last tick of a line here, null before the first. */
    public @Nullable Tick last(Line line) {
        Beat beat = beats.get(line);
        return beat == null ? null : beat.last;
    }

    /** The line's numbers as they are now. A look is a tick: it may admit who is due, metered like any other. */
    public Mono<Tick> look(Line line) {
        return admitWaiting.run(line, pulse.share(), pulse.slotGraceMillis(), "");
    }

    @Override
    public void start() {
        // A thread of its own, since those that serve the crowd may all be busy.
        Scheduler clockwork = Schedulers.newSingle("admission", true);
        running = Flux.interval(settings.tick(), clockwork)
                .onBackpressureDrop()
                .doFinally(end -> clockwork.dispose())
                .subscribe(tick -> tickAll());
    }

    private void tickAll() {
        try {
            for (Line line : lines.all()) {
                Beat beat = beats.computeIfAbsent(line, unused -> new Beat());
                if (isDue(line, beat)) {
                    tick(line, beat);
                }
            }
        } catch (RuntimeException e) {
            log.error("A round of ticks failed", e);
        }
    }

    private boolean isDue(Line line, Beat beat) {
        LineFacts facts = line.facts();
        boolean busy = facts != null && facts.waiting() + facts.entrants() > 0;
        return !beat.underWay
                && (busy
                        || System.nanoTime() - beat.lastNanos
                                >= settings.idleTick().toNanos());
    }

    private void tick(Line line, Beat beat) {
        beat.underWay = true;
        beat.lastNanos = System.nanoTime();
        boolean wanted = listeners.stream().anyMatch(listener -> listener.wantsAdmissions(line));
        admitWaiting
                .run(line, pulse.share(), pulse.slotGraceMillis(), wanted ? beat.cursor : "")
                .doFinally(end -> beat.underWay = false)
                .subscribe(tick -> heard(line, beat, tick), trouble -> failed(line, beat, trouble));
    }

    private void heard(Line line, Beat beat, Tick tick) {
        LineFacts facts = tick.facts();
        beat.failures = 0;
        line.setOutOfReach(false);
        beat.last = tick;
        // Not read yet, or not wanted: from now on, with a little overlap since telling twice does no harm.
        beat.cursor = tick.cursor().isEmpty() ? (facts.nowMillis() - OVERLAP_MILLIS) + "-0" : tick.cursor();
        line.pace().note(facts.nowMillis(), facts.admittedTotal(), facts.waiting() > 0);
        line.pace().noteNoShows(facts.admittedTotal(), tick.leftTotal() + tick.expiredTotal());
        listeners.forEach(listener -> listener.ticked(line, tick));
    }

    private static void failed(Line line, Beat beat, Throwable trouble) {
        if (!StoreTrouble.is(trouble)) {
            log.error("Tick of {} failed", line.eventId(), trouble);
        } else if (beat.failures == 0) {
            log.warn("Admission to {} stands still: {}", line.eventId(), trouble.toString());
        }
        beat.failures++;
        line.setOutOfReach(beat.failures >= FAILURES_OUT_OF_REACH);
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
