package io.onsale.loadtest.demo;

import io.onsale.loadtest.audit.Finding;
import io.onsale.loadtest.measure.RateMeter;
import io.onsale.loadtest.measure.Steps;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** What came of the crowd, on one screen. */
final class Report {

    private static final long PAUSE_MILLIS = 2_000;
    private static final long WINDOW_MILLIS = 10_000;

    private final Crowd crowd;
    private final Tally tally;
    private final Steps steps;
    private final Admissions admissions;
    private final List<Finding> findings;
    private final Duration took;

    Report(Show.Outcome outcome) {
        this.crowd = outcome.crowd();
        this.tally = outcome.tally();
        this.steps = outcome.steps();
        this.admissions = outcome.admissions();
        this.findings = outcome.findings();
        this.took = outcome.took();
    }

    void print(PrintStream out) {
        out.printf(
                "%n%d buyers, %d seats, %d a second, seed %d: %.1f s%n",
                crowd.buyers(), crowd.seats(), crowd.rate(), crowd.seed(), took.toMillis() / 1_000.0);
        line(out);
        admissions(out);
        shopping(out);
        endings(out);
        latencies(out);
        out.println("\nInvariants (PostgreSQL, the provider's own ledger, Kafka)");
        findings.forEach(finding -> out.println("  " + finding.line()));
    }

    private void line(PrintStream out) {
        Histogram waits = tally.waits.getIntervalHistogram();
        out.printf(
                "%nThe line     %d entered, %d admitted; wait for those admitted p50 %.1f s, p95 %.1f s, longest %.1f s%n",
                tally.entered.sum(),
                tally.admitted.sum(),
                waits.getValueAtPercentile(50) / 1_000.0,
                waits.getValueAtPercentile(95) / 1_000.0,
                waits.getMaxValue() / 1_000.0);
    }

    /** The rate is judged while the gate was open: it rests when every seat is held or sold, or the line is empty. */
    private void admissions(PrintStream out) {
        RateMeter run = admissions.times().longestRun(PAUSE_MILLIS);
        RateMeter.Windows tenSeconds = run.perSecond(WINDOW_MILLIS);
        out.printf(
                "Admission    %d admitted, %d twice; longest run %d in %.1f s:"
                        + " %.2f to %.2f a second (%s), at most %d in any second, gap p99 %d ms%n",
                admissions.times().millis().length,
                admissions.twice(),
                run.millis().length,
                run.millis().length == 0 ? 0.0 : (run.millis()[run.millis().length - 1] - run.millis()[0]) / 1_000.0,
                tenSeconds.leastPerSecond(),
                tenSeconds.mostPerSecond(),
                tenSeconds.windows() > 1 ? "10-second averages" : "average",
                run.mostIn(1_000),
                run.gap(99));
    }

    private void shopping(PrintStream out) {
        out.printf(
                "Seats        %d holds won, %d lost to somebody faster (%s)%n",
                tally.holdsWon.sum(), tally.holdsLost.sum(), steps.endings("hold"));
        out.printf(
                "Money        %d approved, %d declined, %d confirmed; %d tickets in %d hands, %d refunded%n",
                tally.approved.sum(),
                tally.declined.sum(),
                tally.confirmed.sum(),
                tally.seats.sum(),
                tally.endings(Ending.Kind.TICKETS),
                tally.endings(Ending.Kind.REFUNDED));
    }

    private void endings(PrintStream out) {
        out.println("\nHow the day ended");
        for (Ending.Kind kind : Ending.Kind.values()) {
            if (tally.endings(kind) > 0) {
                out.printf("  %6d %s%n", tally.endings(kind), kind.words());
            }
        }
        tally.reasons().forEach((reason, count) -> out.printf("         %d x %s%n", count.sum(), reason));
    }

    private void latencies(PrintStream out) {
        out.printf("%nLatency, ms  %10s %8s %8s %8s %8s %8s%n", "answers", "p50", "p95", "p99", "p99.9", "max");
        for (Map.Entry<String, Histogram> step : steps.takeLatencies().entrySet()) {
            Histogram histogram = step.getValue();
            out.printf(
                    "  %-12s %8d %8.1f %8.1f %8.1f %8.1f %8.1f   %s%n",
                    step.getKey(),
                    histogram.getTotalCount(),
                    histogram.getValueAtPercentile(50) / 1_000.0,
                    histogram.getValueAtPercentile(95) / 1_000.0,
                    histogram.getValueAtPercentile(99) / 1_000.0,
                    histogram.getValueAtPercentile(99.9) / 1_000.0,
                    histogram.getMaxValue() / 1_000.0,
                    steps.endings(step.getKey()));
        }
    }
}
