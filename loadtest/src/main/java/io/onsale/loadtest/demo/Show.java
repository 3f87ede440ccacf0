package io.onsale.loadtest.demo;

import io.onsale.loadtest.Complaint;
import io.onsale.loadtest.audit.Audit;
import io.onsale.loadtest.audit.Finding;
import io.onsale.loadtest.history.History;
import io.onsale.loadtest.http.Api;
import io.onsale.loadtest.http.PatientApi;
import io.onsale.loadtest.http.Request;
import io.onsale.loadtest.measure.Steps;
import io.onsale.loadtest.people.Buyers;
import io.onsale.loadtest.people.Buyers.Buyer;
import io.onsale.loadtest.stack.Events;
import io.onsale.loadtest.stack.LocalStack;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** One on-sale from beginning to end: an event, a crowd, and the books when all is quiet again. */
public final class Show {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration OPENS_IN = Duration.ofSeconds(4);
    private static final int CONNECTIONS = 1_000;

    private final LocalStack stack;
    private final Crowd crowd;
    private final PrintStream out;
    private final Duration settlesWithin;

    /** @param settlesWithin what is still wrong this long after the last buyer has gone is wrong */
    public Show(LocalStack stack, Crowd crowd, PrintStream out, Duration settlesWithin) {
        this.stack = stack;
        this.crowd = crowd;
        this.out = out;
        this.settlesWithin = settlesWithin;
    }

    /** What came of it. */
    public record Outcome(
            Crowd crowd, Tally tally, Steps steps, Admissions admissions, List<Finding> findings, Duration took) {

        public boolean holds() {
            return findings.stream().allMatch(Finding::holds);
        }

        public List<Finding> broken() {
            return findings.stream().filter(finding -> !finding.holds()).toList();
        }

        /** The whole hall is in somebody's hands, and everyone else was told why not. */
        public boolean servedAll() {
            return tally.seats.sum() == crowd.seats() && tally.endings(Ending.Kind.UNSERVED) == 0;
        }

        public boolean servedAnybody() {
            return tally.seats.sum() > 0;
        }

        private String unserved() {
            String reasons = tally.reasons().entrySet().stream()
                    .filter(reason -> reason.getKey().startsWith(Ending.Kind.UNSERVED.words()))
                    .map(reason -> reason.getValue() + " x " + reason.getKey())
                    .collect(Collectors.joining(", "));
            return reasons.isEmpty() ? "" : " (" + reasons + ")";
        }

        /** In one line. */
        public String summary() {
            return String.format(
                            "%d tickets in %d hands, %d sold out or no seat, %d refunded, %d unserved, %.0f s",
                            tally.seats.sum(),
                            tally.endings(Ending.Kind.TICKETS),
                            tally.endings(Ending.Kind.SOLD_OUT) + tally.endings(Ending.Kind.NO_SEAT),
                            tally.endings(Ending.Kind.REFUNDED) + tally.endings(Ending.Kind.RETURNED),
                            tally.endings(Ending.Kind.UNSERVED),
                            took.toMillis() / 1_000.0)
                    + unserved();
        }
    }

    /** @param onOpening runs beside the crowd, from the moment it arrives, and is told the event */
    public Outcome run(Consumer<String> onOpening) {
        Steps steps = new Steps();
        try (Api api = new Api(steps, CONNECTIONS);
                Api sellerApi = new Api(new Steps(), 4)) {
            requireUp(sellerApi);
            Instant began = Instant.now();
            out.printf("Seed %d. Putting %d seats on sale ...%n", crowd.seed(), crowd.seats());
            Stage stage = putOnSale(sellerApi);
            out.printf("Event %s. Bringing %d buyers ...%n", stage.eventId(), crowd.buyers());
            List<Buyer> buyers = new Buyers(stack).make(crowd.buyers());
            Tally tally = new Tally();
            awaitOpening(stage);
            Instant opened = Instant.now();
            Thread beside = new Thread(() -> onOpening.accept(stage.eventId()), "beside-the-crowd");
            beside.start();
            try (History history = History.of(stack, stage.eventId())) {
                crowdIn(stage, buyers, tally, new PatientApi(api, PATIENCE), history);
            }
            Duration took = Duration.between(opened, Instant.now());
            join(beside);
            List<Finding> findings = new ArrayList<>(settle(stage));
            Admissions admissions = Admissions.of(new Events(stack.kafka()), stage.eventId(), began);
            findings.add(new Finding(
                    "5 admissions",
                    "people with two passes for one visit",
                    admissions.people(),
                    admissions.twice(),
                    List.of(),
                    ""));
            return new Outcome(crowd, tally, steps, admissions, findings, took);
        }
    }

    private void requireUp(Api api) {
        try {
            api.send(Request.get("up?", stack.gateway() + "/api/v1/events?size=1"))
                    .block(Duration.ofSeconds(10));
        } catch (RuntimeException e) {
            throw new Complaint(
                    "The system is not up (no answer from " + stack.gateway() + "). Start it with ./onsale up", e);
        }
    }

    private Stage putOnSale(Api api) {
        int capacity = Math.max(50_000, crowd.buyers() * 2);
        return Objects.requireNonNull(new Seller(stack, new PatientApi(api, PATIENCE))
                .putOnSale(crowd.seats(), crowd.rate(), capacity, OPENS_IN)
                .block(PATIENCE));
    }

    private static void awaitOpening(Stage stage) {
        Duration left = Duration.between(Instant.now(), stage.opensAt());
        if (!left.isNegative()) {
            Mono.delay(left).block();
        }
    }

    /** Everyone arrives at a constant rate, whatever the system answers. */
    private void crowdIn(Stage stage, List<Buyer> buyers, Tally tally, PatientApi api, History history) {
        Progress progress = new Progress(tally, buyers.size(), out);
        Disposable printing = progress.start();
        long spacingNanos = crowd.arrival().toNanos() / Math.max(1, buyers.size());
        Flux.fromIterable(buyers)
                .flatMap(
                        buyer -> Mono.delay(Duration.ofNanos(spacingNanos * buyer.number()))
                                .then(Journey.of(new Visitor(buyer, stage, crowd, tally, api, history, stack))),
                        Integer.MAX_VALUE)
                .blockLast(crowd.limit().plus(PATIENCE));
        printing.dispose();
        progress.finish();
    }

    private List<Finding> settle(Stage stage) {
        long end = System.nanoTime() + settlesWithin.toNanos();
        List<Finding> findings = Audit.of(stack).event(stage.eventId());
        while (!findings.stream().allMatch(Finding::holds) && System.nanoTime() < end) {
            Mono.delay(Duration.ofSeconds(1)).block();
            findings = Audit.of(stack).event(stage.eventId());
        }
        return findings;
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
