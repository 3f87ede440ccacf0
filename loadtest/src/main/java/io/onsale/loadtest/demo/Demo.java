package io.onsale.loadtest.demo;

import io.onsale.loadtest.Arguments;
import io.onsale.loadtest.Complaint;
import io.onsale.loadtest.audit.Audit;
import io.onsale.loadtest.audit.Finding;
import io.onsale.loadtest.http.Api;
import io.onsale.loadtest.http.PatientApi;
import io.onsale.loadtest.http.Request;
import io.onsale.loadtest.measure.Steps;
import io.onsale.loadtest.people.Buyers;
import io.onsale.loadtest.people.Buyers.Buyer;
import io.onsale.loadtest.stack.Events;
import io.onsale.loadtest.stack.LocalStack;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** {@code ./onsale demo}: a crowd, an event, and the books afterwards. */
public final class Demo {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration OPENS_IN = Duration.ofSeconds(4);
    private static final Duration SETTLES_WITHIN = Duration.ofSeconds(60);
    private static final int CONNECTIONS = 1_000;

    private Demo() {}

    /** Exit code: 0 when everything holds, 1 when an invariant is broken. */
    public static int run(Arguments arguments) {
        if (arguments.flag("help")) {
            System.out.println(Crowd.USAGE);
            return 0;
        }
        Crowd crowd = Crowd.of(arguments);
        arguments.refuseUnknown();
        LocalStack stack = LocalStack.find();
        Steps setUp = new Steps();
        Steps steps = new Steps();
        try (Api api = new Api(steps, CONNECTIONS);
                Api sellerApi = new Api(setUp, 4)) {
            requireUp(sellerApi, stack);
            Instant began = Instant.now();
            System.out.printf("Seed %d. Putting %d seats on sale ...%n", crowd.seed(), crowd.seats());
            Stage stage = putOnSale(crowd, stack, sellerApi);
            System.out.printf("Event %s. Bringing %d buyers ...%n", stage.eventId(), crowd.buyers());
            List<Buyer> buyers = new Buyers(stack).make(crowd.buyers());
            Tally tally = new Tally();
            Instant opened = awaitOpening(stage);
            crowdIn(crowd, stage, buyers, tally, new PatientApi(api, PATIENCE), stack);
            Duration took = Duration.between(opened, Instant.now());
            List<Finding> findings = settle(stack, stage);
            Admissions admissions = Admissions.of(new Events(stack.kafka()), stage.eventId(), began);
            new Report(crowd, tally, steps, admissions, withAdmissions(findings, admissions), took).print(System.out);
            boolean holds = findings.stream().allMatch(Finding::holds) && admissions.twice() == 0;
            System.out.println(holds ? "\nNothing sold twice, no money lost." : "\nAN INVARIANT IS BROKEN.");
            return holds ? 0 : 1;
        }
    }

    private static void requireUp(Api api, LocalStack stack) {
        try {
            api.send(Request.get("up?", stack.gateway() + "/api/v1/events?size=1"))
                    .block(Duration.ofSeconds(10));
        } catch (RuntimeException e) {
            throw new Complaint(
                    "The system is not up (no answer from " + stack.gateway() + "). Start it with ./onsale up", e);
        }
    }

    private static Stage putOnSale(Crowd crowd, LocalStack stack, Api api) {
        int capacity = Math.max(50_000, crowd.buyers() * 2);
        return java.util.Objects.requireNonNull(new Seller(stack, new PatientApi(api, PATIENCE))
                .putOnSale(crowd.seats(), crowd.rate(), capacity, OPENS_IN)
                .block(PATIENCE));
    }

    private static Instant awaitOpening(Stage stage) {
        Duration left = Duration.between(Instant.now(), stage.opensAt());
        if (!left.isNegative()) {
            Mono.delay(left).block();
        }
        return Instant.now();
    }

    /** Everyone arrives at a constant rate, whatever the system answers. */
    private static void crowdIn(
            Crowd crowd, Stage stage, List<Buyer> buyers, Tally tally, PatientApi api, LocalStack stack) {
        Progress progress = new Progress(tally, buyers.size(), System.out);
        Disposable printing = progress.start();
        long spacingNanos = crowd.arrival().toNanos() / Math.max(1, buyers.size());
        Flux.fromIterable(buyers)
                .flatMap(
                        buyer -> Mono.delay(Duration.ofNanos(spacingNanos * buyer.number()))
                                .then(Journey.of(new Visitor(buyer, stage, crowd, tally, api, stack))),
                        Integer.MAX_VALUE)
                .blockLast(crowd.limit().plus(PATIENCE));
        printing.dispose();
        progress.finish();
    }

    /** Events still on their way are given a moment; what is still wrong then is wrong. */
    private static List<Finding> settle(LocalStack stack, Stage stage) {
        long end = System.nanoTime() + SETTLES_WITHIN.toNanos();
        List<Finding> findings = Audit.of(stack).event(stage.eventId());
        while (!findings.stream().allMatch(Finding::holds) && System.nanoTime() < end) {
            Mono.delay(Duration.ofSeconds(1)).block();
            findings = Audit.of(stack).event(stage.eventId());
        }
        return findings;
    }

    private static List<Finding> withAdmissions(List<Finding> findings, Admissions admissions) {
        List<Finding> all = new ArrayList<>(findings);
        all.add(new Finding(
                "5 admissions", "nobody is admitted twice", admissions.people(), admissions.twice(), List.of(), ""));
        return all;
    }
}
