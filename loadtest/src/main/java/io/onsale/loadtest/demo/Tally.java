package io.onsale.loadtest.demo;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Recorder;

/** What the crowd has done so far, for the live line and the report. */
public final class Tally {

    final LongAdder arrived = new LongAdder();
    final LongAdder entered = new LongAdder();
    final LongAdder admitted = new LongAdder();
    final LongAdder holdsWon = new LongAdder();
    final LongAdder holdsLost = new LongAdder();
    final LongAdder approved = new LongAdder();
    final LongAdder declined = new LongAdder();
    final LongAdder confirmed = new LongAdder();
    final LongAdder ended = new LongAdder();

    /** Milliseconds from the first enter to the pass. */
    final Recorder waits = new Recorder(3);

    private final Map<Ending.Kind, LongAdder> endings = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> reasons = new ConcurrentHashMap<>();
    final LongAdder seats = new LongAdder();

    void waited(long nanos) {
        admitted.increment();
        waits.recordValue(Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos)));
    }

    void end(Ending ending) {
        ended.increment();
        seats.add(ending.seats());
        endings.computeIfAbsent(ending.kind(), kind -> new LongAdder()).increment();
        if (!ending.reason().isEmpty()) {
            reasons.computeIfAbsent(ending.kind().words() + ": " + ending.reason(), reason -> new LongAdder())
                    .increment();
        }
    }

    long endings(Ending.Kind kind) {
        LongAdder count = endings.get(kind);
        return count == null ? 0 : count.sum();
    }

    Map<String, LongAdder> reasons() {
        return new TreeMap<>(reasons);
    }
}
