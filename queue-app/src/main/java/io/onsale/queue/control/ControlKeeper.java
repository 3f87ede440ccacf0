package io.onsale.queue.control;

import io.onsale.queue.admission.Tick;
import io.onsale.queue.admission.TickListener;
import io.onsale.queue.waiting.KeptControl;
import io.onsale.queue.waiting.Line;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * Keeps the store and what is kept of the operators' acts alike. A line that lost its memory gets them back, well before admission goes
 * on after a loss; an act that the store has and nobody told, because its instance died or never heard the store's answer, is told.
 */
final class ControlKeeper implements TickListener, KeptControl {
    private static final Logger log = LoggerFactory.getLogger(ControlKeeper.class);

    /** An act of a moment ago is still on its way here: whoever did it tells it, and only if not, whoever finds it. */
    private static final Duration ON_ITS_WAY = Duration.ofSeconds(1);

    private final Controls controls;
    private final RestoreControl restoreControl;
    private final ReadControl readControl;
    private final Set<Line> underWay = ConcurrentHashMap.newKeySet();

    ControlKeeper(Controls controls, RestoreControl restoreControl, ReadControl readControl) {
        this.controls = controls;
        this.restoreControl = restoreControl;
        this.readControl = readControl;
    }

    @Override
    public boolean isKnown() {
        return controls.isCaughtUp();
    }

    @Override
    public long versionOf(Line line) {
        return controls.versionOf(line.eventId());
    }

    @Override
    public Mono<Void> giveBack(Line line) {
        ControlRecord known = controls.of(line.eventId());
        return known == null
                ? Mono.empty()
                : restoreControl
                        .run(line, known)
                        .filter(knewLess -> knewLess)
                        .doOnNext(
                                restored -> log.info("{} has its operators' settings again: {}", line.eventId(), known))
                        .then();
    }

    @Override
    public boolean wantsAdmissions(Line line) {
        return false;
    }

    @Override
    public void ticked(Line line, Tick tick) {
        long inStore = tick.facts().controlVersion();
        boolean isOver =
                line.isEnded() || tick.facts().nowMillis() >= line.sale().closesAtMillis();
        if (inStore == versionOf(line) || isOver || !isKnown() || !underWay.add(line)) {
            return;
        }
        Mono<Void> repair = inStore < versionOf(line) ? giveBack(line) : find(line, inStore);
        repair.doFinally(end -> underWay.remove(line))
                .subscribe(
                        null,
                        trouble -> log.debug(
                                "Settings of {} are put right later: {}", line.eventId(), trouble.toString()));
    }

    private Mono<Void> find(Line line, long version) {
        return Mono.delay(ON_ITS_WAY)
                .filter(passed -> versionOf(line) < version)
                .flatMap(untold -> readControl.run(line))
                .filter(found -> found.version() > versionOf(line))
                .doOnNext(found -> {
                    log.info("An act that nobody told is kept: {}", found);
                    controls.keep(found);
                })
                .then();
    }
}
