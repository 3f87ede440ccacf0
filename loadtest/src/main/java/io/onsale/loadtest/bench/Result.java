package io.onsale.loadtest.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a bench found: a row per measure, met or missed, and figures for context. */
final class Result {

    /** @param met null where there is no bar */
    record Row(String measure, String value, String bar, String met) {}

    private static final String CPU = "CPU seconds";

    private final String bench;
    private final List<Row> rows = new ArrayList<>();

    Result(String bench) {
        this.bench = bench;
    }

    /** Of one that ended before it had anything to say. */
    static Result failed(String bench, String why) {
        return new Result(bench).claim("ran to its end", why.replaceAll("\\s+", " "), "yes", false);
    }

    String bench() {
        return bench;
    }

    List<Row> rows() {
        return List.copyOf(rows);
    }

    boolean met() {
        return rows.stream().noneMatch(row -> row.met.equals("missed"));
    }

    Result claim(String measure, String value, String bar, boolean met) {
        rows.add(new Row(measure, value, bar, met ? "met" : "missed"));
        return this;
    }

    boolean has(String measure) {
        return rows.stream().anyMatch(row -> row.measure.equals(measure));
    }

    Result context(String measure, String value) {
        rows.add(new Row(measure, value, "", ""));
        return this;
    }

    /** A ratio in alternating pairs, with its spread and both medians. */
    Result ratio(String measure, Pairs pairs, String unit, double bar, boolean atLeast) {
        double ratio = pairs.ratio();
        String value = String.format(
                "%.3f (%.3f to %.3f in %d pairs; medians %.1f and %.1f %s)",
                ratio,
                pairs.least(),
                pairs.most(),
                pairs.a().size(),
                Pairs.median(pairs.a()),
                Pairs.median(pairs.b()),
                unit);
        return claim(measure, value, (atLeast ? ">= " : "<= ") + bar, atLeast ? ratio >= bar : ratio <= bar);
    }

    /** Of the wanted answers. */
    Result latency(String what, Volley volley, double p95Bar, double p99Bar) {
        var histogram = volley.latencies();
        boolean answered = histogram.getTotalCount() > 0;
        double p95 = histogram.getValueAtPercentile(95) / 1_000.0;
        double p99 = histogram.getValueAtPercentile(99) / 1_000.0;
        claim(what + " p95", String.format("%.1f ms", p95), "< " + p95Bar + " ms", answered && p95 < p95Bar);
        if (p99Bar > 0) {
            claim(what + " p99", String.format("%.1f ms", p99), "< " + p99Bar + " ms", answered && p99 < p99Bar);
        }
        return context(
                what + " p50 / p99 / p99.9 / max",
                String.format(
                        "%.1f / %.1f / %.1f / %.1f ms",
                        histogram.getValueAtPercentile(50) / 1_000.0,
                        p99,
                        histogram.getValueAtPercentile(99.9) / 1_000.0,
                        histogram.getMaxValue() / 1_000.0));
    }

    /** Those of the measured time. */
    Result cpu(Map<String, Double> seconds) {
        return context(CPU, text(seconds));
    }

    /** Where the measured time has no figure of its own: with all preparations. */
    Result wholeCpu(Map<String, Double> seconds) {
        return has(CPU) ? this : context("CPU seconds, with all preparations", text(seconds));
    }

    private static String text(Map<String, Double> seconds) {
        StringBuilder text = new StringBuilder();
        seconds.forEach((name, used) -> {
            if (used >= 0.05) {
                text.append(text.isEmpty() ? "" : ", ").append(String.format("%s %.1f", name, used));
            }
        });
        return text.toString();
    }
}
