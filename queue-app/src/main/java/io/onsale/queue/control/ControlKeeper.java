package io.onsale.queue.control;

import io.onsale.queue.admission.Tick;
import io.onsale.queue.admission.TickListener;
import io.onsale.queue.waiting.Line;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/** Gives a line that lost its memory back what its operators had decided, well before admission goes on after a loss. */
final class ControlKeeper implements TickListener {
    private static final Logger log = LoggerFactory.getLogger(ControlKeeper.class);

    private final Controls controls;
    private final RestoreControl restoreControl;
    private final Set<Line> underWay = ConcurrentHashMap.newKeySet();

    ControlKeeper(Controls controls, RestoreControl restoreControl) {
        this.controls = controls;
        this.restoreControl = restoreControl;
    }

    /** Completes when the store knows all that was decided here: an act on a store that forgot the earlier ones must not hide them. */
    Mono<Void> remind(Line line) {
        ControlRecord known = controls.of(line.eventId());
        return known == null ? Mono.empty() : restoreControl.run(line, known).then();
    }

    @Override
    public boolean wantsAdmissions(Line line) {
        return false;
    }

    @Override
    public void ticked(Line line, Tick tick) {
        ControlRecord known = controls.of(line.eventId());
        boolean isOver =
                line.isEnded() || tick.facts().nowMillis() >= line.sale().closesAtMillis();
        if (known == null || known.version() <= tick.facts().controlVersion() || isOver || !underWay.add(line)) {
            return;
        }
        restoreControl
                .run(line, known)
                .doFinally(end -> underWay.remove(line))
                .subscribe(
                        restored -> log.info("{} has its operators' settings again: {}", line.eventId(), known),
                        trouble -> log.debug("Settings of {} come back later: {}", line.eventId(), trouble.toString()));
    }
}
