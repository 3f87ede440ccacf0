package io.onsale.loadtest.bench;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;

/**
 * What a fleet of streams hears. Written by its one thread. An event's id is the moment, by the store's clock, of the tick that it
 * tells of; store, apps and fleet share this machine's clock.
 */
final class FleetLog {

    /** One tick as the fleet heard it. */
    private static final class Tick {
        private volatile int streams;
        private volatile int open;
        private volatile long lastMillis;
    }

    private final Map<Long, Tick> ticks = new ConcurrentSkipListMap<>();
    private final Map<String, LongAdder> events = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> endings = new ConcurrentHashMap<>();
    private volatile int open;
    private volatile boolean isMeasuring;

    /** Ticks from now on count. */
    void measure(boolean on) {
        isMeasuring = on;
    }

    @SuppressWarnings("NonAtomicOperationOnVolatileField") // one writer
    void heard(String event, long id) {
        events.computeIfAbsent(event, name -> new LongAdder()).increment();
        if (isMeasuring && event.equals("line")) {
            Tick tick = ticks.computeIfAbsent(id, unused -> new Tick());
            if (tick.streams == 0) {
                tick.open = open;
            }
            tick.streams++;
            tick.lastMillis = System.currentTimeMillis();
        }
    }

    @SuppressWarnings("NonAtomicOperationOnVolatileField") // one writer
    void opened() {
        open++;
    }

    @SuppressWarnings("NonAtomicOperationOnVolatileField") // one writer
    void closed() {
        open--;
    }

    void refused(String status) {
        endings.computeIfAbsent(status, name -> new LongAdder()).increment();
    }

    void failed() {
        refused("no answer");
    }

    int open() {
        return open;
    }

    /** Of those that did not open. */
    Map<String, Long> refusals() {
        return counts(endings);
    }

    Map<String, Long> events() {
        return counts(events);
    }

    /** From each tick to its last stream, milliseconds. A tick that was overtaken by the end of the measuring is left out. */
    Histogram toLast() {
        Histogram all = new Histogram(3);
        long[] left = {ticks.size() - 1L};
        ticks.forEach((id, tick) -> {
            if (left[0]-- > 0) {
                all.recordValue(Math.max(1, tick.lastMillis - id));
            }
        });
        return all;
    }

    /**
     * Frames that arrived, of those that every open stream would have got: a slow reader gets the latest only.
     *
     * @param instances that tick, each for its own streams
     */
    double delivered(int instances) {
        long got = 0;
        long due = 0;
        long left = ticks.size() - 1L;
        for (Tick tick : ticks.values()) {
            if (left-- > 0) {
                got += tick.streams;
                due += tick.open;
            }
        }
        return due == 0 ? 0 : (double) got * instances / due;
    }

    private static Map<String, Long> counts(Map<String, LongAdder> adders) {
        Map<String, Long> counts = new TreeMap<>();
        adders.forEach((name, count) -> counts.put(name, count.sum()));
        return counts;
    }
}
