package io.onsale.queue.admission;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.onsale.queue.waiting.Forecasts;
import io.onsale.queue.waiting.Line;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;

/** Every line in numbers, as this instance's last tick saw it. The totals are the line's own: take the maximum over instances. */
final class LineMeters implements TickListener {
    private final MeterRegistry meters;
    private final Forecasts forecasts;
    private final Map<Line, Watched> watched = new ConcurrentHashMap<>();

    LineMeters(MeterRegistry meters, Forecasts forecasts) {
        this.meters = meters;
        this.forecasts = forecasts;
    }

    private static final class Watched {
        private final Line line;
        private volatile Tick last;

        Watched(Line line, Tick first) {
            this.line = line;
            this.last = first;
        }
    }

    /** For the error of estimates. */
    @Override
    public boolean wantsAdmissions(Line line) {
        return true;
    }

    @Override
    public void ticked(Line line, Tick tick) {
        watched.computeIfAbsent(line, each -> register(new Watched(each, tick))).last = tick;
        for (Admission admission : tick.admissions()) {
            forecasts.settle(line.eventId(), admission.userId(), admission.waitedMillis());
        }
    }

    private Watched register(Watched each) {
        Tags tags = Tags.of("event", each.line.eventId());
        gauge("onsale.queue.waiting", tags, each, seen -> seen.last.facts().waiting());
        gauge("onsale.queue.entrants", tags, each, seen -> seen.last.facts().entrants());
        gauge("onsale.queue.active", tags, each, seen -> seen.last.active());
        gauge("onsale.queue.active.limit", tags, each, seen -> seen.last.cap());
        gauge("onsale.queue.rate.set", tags, each, seen -> seen.line.ratePerSecond());
        gauge("onsale.queue.rate.measured", tags, each, seen -> seen.line.pace().measuredPerSecond());
        gauge("onsale.queue.oldest.wait", tags, each, seen -> seen.last.oldestWaitSeconds());
        gauge("onsale.queue.noshow.share", tags, each, seen -> seen.line.pace().noShowShare());
        gauge("onsale.queue.epoch", tags, each, seen -> seen.last.facts().epoch());
        gauge("onsale.queue.out.of.reach", tags, each, seen -> seen.line.isOutOfReach() ? 1 : 0);
        counter("onsale.queue.admitted", tags, each, seen -> seen.last.facts().admittedTotal());
        counter("onsale.queue.left", tags, each, seen -> seen.last.leftTotal());
        counter("onsale.queue.expired", tags, each, seen -> seen.last.expiredTotal());
        return each;
    }

    private void gauge(String name, Tags tags, Watched each, ToDoubleFunction<Watched> value) {
        Gauge.builder(name, each, value).tags(tags).register(meters);
    }

    private void counter(String name, Tags tags, Watched each, ToDoubleFunction<Watched> value) {
        FunctionCounter.builder(name, each, value).tags(tags).register(meters);
    }
}
