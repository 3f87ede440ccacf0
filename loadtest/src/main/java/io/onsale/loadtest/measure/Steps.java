package io.onsale.loadtest.measure;

import io.onsale.loadtest.http.Reply;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/** Latency of each answered call by step, and how the calls ended. */
public final class Steps {

    private final Map<String, Recorder> latencies = new ConcurrentHashMap<>();
    private final Map<String, Map<String, LongAdder>> endings = new ConcurrentHashMap<>();

    public void answered(String step, long nanos, Reply reply) {
        latencies
                .computeIfAbsent(step, name -> new Recorder(3))
                .recordValue(Math.max(1, TimeUnit.NANOSECONDS.toMicros(nanos)));
        count(step, reply.ok() ? "ok" : reply.summary());
    }

    public void unanswered(String step, Throwable failure) {
        count(step, failure.getClass().getSimpleName());
    }

    private void count(String step, String ending) {
        endings.computeIfAbsent(step, name -> new ConcurrentHashMap<>())
                .computeIfAbsent(ending, name -> new LongAdder())
                .increment();
    }

    public long count(String step) {
        return endings.getOrDefault(step, Map.of()).values().stream()
                .mapToLong(LongAdder::sum)
                .sum();
    }

    /** Everything since the last call, in microseconds. */
    public Map<String, Histogram> takeLatencies() {
        Map<String, Histogram> taken = new TreeMap<>();
        latencies.forEach((step, recorder) -> taken.put(step, recorder.getIntervalHistogram()));
        return taken;
    }

    /** How a step's calls ended, most frequent first, e.g. {@code ok 480, 409 SEAT_TAKEN 12}. */
    public String endings(String step) {
        List<Map.Entry<String, LongAdder>> sorted = endings.getOrDefault(step, Map.of()).entrySet().stream()
                .sorted((a, b) -> Long.compare(b.getValue().sum(), a.getValue().sum()))
                .toList();
        StringBuilder text = new StringBuilder();
        sorted.forEach(entry -> text.append(text.isEmpty() ? "" : ", ")
                .append(entry.getKey())
                .append(' ')
                .append(entry.getValue().sum()));
        return text.toString();
    }
}
