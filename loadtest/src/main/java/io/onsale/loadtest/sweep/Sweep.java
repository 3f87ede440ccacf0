package io.onsale.loadtest.sweep;

import io.onsale.loadtest.Arguments;
import io.onsale.loadtest.Complaint;
import io.onsale.loadtest.http.Api;
import io.onsale.loadtest.measure.Steps;
import io.onsale.loadtest.stack.LocalStack;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code ./onsale sweep}: every operation of the merged document, with everything a client can get wrong, as everybody. */
public final class Sweep {
    static final String FRESH_KEY = "a-fresh-key";

    /** One who is welcome gets every case, the other welcome ones every fifth, and who is turned away at the door every tenth. */
    private static final int SAMPLE_OF_WELCOME = 5;

    private static final int SAMPLE = 10;

    private static final String USAGE = """
            ./onsale sweep          bad input on every endpoint of the running system
              --only TEXT           operations whose method and path contain this
              --threads 6           calls under way at once""";

    private final Wire wire;
    private final Cast cast;
    private final Judge judge;
    private final Samples samples;
    private final BadBodies badBodies;
    private final Findings findings = new Findings();
    private final Scheduler threads;
    private final int width;

    private Sweep(Wire wire, Cast cast, Schemas schemas, World world, int width) {
        this.wire = wire;
        this.cast = cast;
        this.judge = new Judge(schemas);
        this.samples = new Samples(schemas, world);
        this.badBodies = new BadBodies(schemas, samples);
        this.width = width;
        this.threads = Schedulers.newBoundedElastic(width, Integer.MAX_VALUE, "sweep");
    }

    /** Exit code: 0 when nothing is wrong, 1 when something is. */
    public static int run(Arguments arguments) {
        String only = arguments.text("only", "");
        int width = arguments.number("threads", 6, 1, 64);
        if (arguments.flag("help")) {
            System.out.println(USAGE);
            return 0;
        }
        arguments.refuseUnknown();
        LocalStack stack = LocalStack.find();
        Wire wire = new Wire("127.0.0.1", java.net.URI.create(stack.gateway()).getPort());
        JsonNode document = document(wire);
        List<Operation> operations = Operation.of(document).stream()
                .filter(operation -> operation.name().contains(only))
                .sorted(Comparator.comparing(Operation::isFinal)
                        .thenComparing(operation -> !operation.isFirst())
                        .thenComparing(operation -> !operation.method().equals("GET"))
                        .thenComparing(Operation::name))
                .toList();
        try (Api api = new Api(new Steps(), 4)) {
            World world = World.make(stack, api);
            Sweep sweep = new Sweep(wire, new Cast(stack), new Schemas(document), world, width);
            operations.forEach(sweep::sweep);
            sweep.threads.dispose();
            sweep.findings.print(System.out, operations);
            return sweep.findings.none() ? 0 : 1;
        }
    }

    private static JsonNode document(Wire wire) {
        Answer answer = wire.send(Call.of("GET", "/v3/api-docs"));
        if (answer.status() != 200) {
            throw new Complaint(
                    "The system is not up (/v3/api-docs answered " + answer.summary() + "). Start it with ./onsale up");
        }
        return JsonMapper.shared().readTree(answer.body());
    }

    private void sweep(Operation operation) {
        Call good = samples.call(operation);
        Set<Cast.Part> welcome = EnumSet.noneOf(Cast.Part.class);
        for (Cast.Part part : Cast.Part.values()) {
            int status = send(operation, Case.of("a good call", good), part).status();
            if (status != 401 && status != 403) {
                welcome.add(part);
            }
        }
        List<Case> cases = new ArrayList<>(BadParameters.of(operation, good));
        cases.addAll(badBodies.of(operation, good));
        List<Mono<Answer>> calls = new ArrayList<>();
        for (Cast.Part part : Cast.Part.values()) {
            for (int i = 0; i < cases.size(); i++) {
                if (isDue(i, part, welcome)) {
                    Case asked = cases.get(i);
                    calls.add(Mono.fromCallable(() -> send(operation, asked, part))
                            .subscribeOn(threads));
                }
            }
        }
        Flux.merge(Flux.fromIterable(calls), width).blockLast();
        System.out.printf("%-70s %5d calls%n", operation.name(), calls.size());
    }

    /** Who may do most of all who are welcome gets furthest, so it gets everything. */
    private static boolean isDue(int number, Cast.Part part, Set<Cast.Part> welcome) {
        boolean gets = welcome.contains(part) && welcome.stream().noneMatch(other -> other.ordinal() > part.ordinal());
        int every = welcome.contains(part) ? SAMPLE_OF_WELCOME : SAMPLE;
        return gets || number % every == part.ordinal() % every;
    }

    private Answer send(Operation operation, Case asked, Cast.Part part) {
        Call call = asked.call();
        if (FRESH_KEY.equals(call.headers().get("Idempotency-Key"))) {
            call = call.with("Idempotency-Key", UUID.randomUUID().toString());
        }
        boolean tampered = call.headers().containsKey("Authorization");
        Answer answer = wire.send(tampered ? call : cast.as(part, call, operation.endsItsCaller()));
        findings.answered(operation, answer);
        judge.judge(operation, asked, part, answer)
                .forEach(what -> findings.wrong(operation, asked, part, answer, what));
        return answer;
    }
}
