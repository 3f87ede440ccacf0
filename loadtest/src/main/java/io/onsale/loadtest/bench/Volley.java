package io.onsale.loadtest.bench;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/** What a run of shots gave: latencies of the wanted answers in microseconds (a quick refusal is no quick service), and how each shot ended. */
final class Volley {

    private final Recorder recorder = new Recorder(3);
    private final Map<String, LongAdder> endings = new ConcurrentHashMap<>();
    private final LongAdder wanted = new LongAdder();
    private final LongAdder unwanted = new LongAdder();
    private volatile double seconds;
    private volatile double offeredPerSecond;

    void answered(int status, boolean asWanted, long nanos) {
        if (asWanted) {
            recorder.recordValue(Math.max(1, TimeUnit.NANOSECONDS.toMicros(nanos)));
        }
        count(Integer.toString(status));
        (asWanted ? wanted : unwanted).increment();
    }

    void failed(Throwable failure) {
        count(failure.getClass().getSimpleName());
        unwanted.increment();
    }

    void dropped() {
        count("dropped by the generator");
        unwanted.increment();
    }

    private void count(String ending) {
        endings.computeIfAbsent(ending, name -> new LongAdder()).increment();
    }

    Volley over(double took, double offered) {
        seconds = took;
        offeredPerSecond = offered;
        return this;
    }

    /** Shots that ended as wanted, per second. */
    double perSecond() {
        return wanted.sum() / seconds;
    }

    double offeredPerSecond() {
        return offeredPerSecond;
    }

    long good() {
        return wanted.sum();
    }

    long errors() {
        return unwanted.sum();
    }

    Map<String, Long> endings() {
        Map<String, Long> counts = new TreeMap<>();
        endings.forEach((ending, count) -> counts.put(ending, count.sum()));
        return counts;
    }

    /** Since the last call. */
    Histogram latencies() {
        return recorder.getIntervalHistogram();
    }
}
