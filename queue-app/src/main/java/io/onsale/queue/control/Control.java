package io.onsale.queue.control;

import io.onsale.platform.tokens.Caller;
import io.onsale.platform.web.Detached;
import io.onsale.queue.admission.Tick;
import io.onsale.queue.admission.Ticker;
import io.onsale.queue.waiting.Line;
import io.onsale.queue.waiting.LineFacts;
import io.onsale.queue.waiting.StoreTrouble;
import io.onsale.queue.waiting.WaitingProblem;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Reads and changes a line for its operators; every act is recorded with who, when, before and after. */
final class Control {
    private final SetControl setControl;
    private final ClearLine clearLine;
    private final Controls controls;
    private final ControlKeeper keeper;
    private final ControlAudit audit;
    private final Ticker ticker;
    private final Detached detached;

    Control(
            SetControl setControl,
            ClearLine clearLine,
            Controls controls,
            ControlKeeper keeper,
            ControlAudit audit,
            Ticker ticker,
            Detached detached) {
        this.setControl = setControl;
        this.clearLine = clearLine;
        this.controls = controls;
        this.keeper = keeper;
        this.audit = audit;
        this.ticker = ticker;
        this.detached = detached;
    }

    Mono<LineStats> stats(Line line) {
        return ticker.look(line).map(tick -> statsOf(line, tick));
    }

    Mono<LineStats> change(Line line, Caller caller, ControlController.ControlRequest request) {
        Map<String, String> values = valuesOf(request);
        if (values.isEmpty()) {
            return stats(line);
        }
        Mono<SetControl.Changed> act = onTopOfEarlier(
                        line, Mono.defer(() -> setControl.run(line, keeper.versionOf(line), values)))
                .doOnNext(changed -> {
                    controls.keep(changed.now());
                    audit.record(line, caller, "CHANGE", changed.before(), values);
                })
                .doOnError(StoreTrouble::is, trouble -> audit.recordUnknown(line, caller, "CHANGE", values, trouble));
        return finished(act).then(Mono.defer(() -> stats(line)));
    }

    Mono<LineStats> clear(Line line, Caller caller) {
        Mono<ClearLine.Cleared> act = onTopOfEarlier(
                        line, Mono.defer(() -> clearLine.run(line, keeper.versionOf(line))))
                .doOnNext(cleared -> {
                    controls.keep(cleared.now());
                    String people = Long.toString(cleared.people());
                    audit.record(line, caller, "CLEAR", Map.of("waiting", people), Map.of("waiting", "0"));
                })
                .doOnError(
                        StoreTrouble::is,
                        trouble -> audit.recordUnknown(line, caller, "CLEAR", Map.of("waiting", "0"), trouble));
        return finished(act).then(Mono.defer(() -> stats(line)));
    }

    /** An act on a line that forgot the earlier ones would hide them: they come first. */
    private <T> Mono<T> onTopOfEarlier(Line line, Mono<T> act) {
        if (!keeper.isKnown()) {
            return Mono.error(WaitingProblem.unavailable());
        }
        return act.switchIfEmpty(Mono.defer(() -> keeper.giveBack(line)).then(act))
                .switchIfEmpty(Mono.error(WaitingProblem::unavailable));
    }

    /** What was begun is finished, kept and written down, whether or not its operator is still there to hear of it. */
    private <T> Mono<T> finished(Mono<T> act) {
        return detached.run(act);
    }

    private static Map<String, String> valuesOf(ControlController.ControlRequest request) {
        Map<String, String> values = new LinkedHashMap<>();
        put(
                values,
                "rate",
                request.ratePerSecond() == null ? null : request.ratePerSecond().toPlainString());
        put(values, "capacity", request.capacity());
        put(values, "activeLimit", request.activeLimit());
        put(values, "state", request.state());
        if (request.state() != null) { // a new state comes with its cut-off, or without one
            Instant cutOff = request.cutOffAt();
            values.put("cutOff", cutOff == null ? "" : Long.toString(cutOff.toEpochMilli()));
        }
        put(values, "notice", request.notice());
        return values;
    }

    private static void put(Map<String, String> values, String name, @Nullable Object value) {
        if (value != null) {
            values.put(name, value.toString());
        }
    }

    private static LineStats statsOf(Line line, Tick tick) {
        LineFacts facts = tick.facts();
        double measured = line.pace().measuredPerSecond();
        return new LineStats(
                line.eventId(),
                facts.waiting() + facts.entrants(),
                tick.active(),
                facts.admittedTotal(),
                tick.leftTotal(),
                tick.expiredTotal(),
                line.ratePerSecond(),
                Double.isNaN(measured) ? 0 : Math.round(measured * 100) / 100.0,
                tick.capacity(),
                tick.cap(),
                tick.oldestWaitSeconds(),
                facts.state(),
                tick.cutOffMillis() == 0 ? null : Instant.ofEpochMilli(tick.cutOffMillis()),
                facts.notice());
    }
}
