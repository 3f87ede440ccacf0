package io.onsale.loadtest.bench;

import io.onsale.loadtest.Complaint;
import io.onsale.loadtest.Json;
import io.onsale.loadtest.demo.Stage;
import io.onsale.loadtest.http.Api;
import io.onsale.loadtest.http.Reply;
import io.onsale.loadtest.http.Request;
import io.onsale.loadtest.measure.Steps;
import io.onsale.loadtest.people.Buyers.Buyer;
import io.onsale.loadtest.stack.LocalStack;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The largest halls, each with an event, made one after another while others read an event of their own: what both sides wait. */
final class HallBench implements Bench {
    private static final int SECTIONS = 60;
    private static final int ROWS = 40;
    private static final int SEATS_PER_ROW = 25;
    private static final int SEATS = SECTIONS * ROWS * SEATS_PER_ROW;
    private static final double BAR_SECONDS = 5;
    private static final int READS_PER_SECOND = 50;
    private static final int PEOPLE = 1_000;
    private static final Duration WARM_UP = Duration.ofSeconds(8);
    private static final Duration RUN = Duration.ofSeconds(20);
    private static final Duration BETWEEN = Duration.ofMillis(500);

    @Override
    public String name() {
        return "halls";
    }

    @Override
    public String measures() {
        return "halls of " + SEATS + " seats and events in them, made while others read";
    }

    @Override
    public Result run(Range range) {
        Stage elsewhere = range.onSaleWithoutLine(2_000);
        List<Buyer> people = range.buyers(PEOPLE);
        try (Gun gun = new Gun(128);
                Api api = new Api(new Steps(), 4)) {
            Maker maker = new Maker(range, api);
            OpenLoad load = new OpenLoad(gun, code -> code == 200);
            String event = range.api() + "/events/" + elsewhere.eventId();
            load.run(READS_PER_SECOND, WARM_UP, i -> read(event, people, i));
            CompletableFuture<Volley> readers = CompletableFuture.supplyAsync(
                    () -> load.run(READS_PER_SECOND, RUN, i -> read(event, people, i)),
                    task -> new Thread(task, "readers").start());
            double[] slowest = new double[3];
            int halls = 0;
            for (; !readers.isDone(); halls++) {
                double[] took = maker.hallAndEvent();
                Range.say(String.format("hall %.2f s, event %.2f s, its seat map %.2f s", took[0], took[1], took[2]));
                // More a minute than a seller may make would be refused.
                Range.pause(BETWEEN);
                for (int step = 0; step < took.length; step++) {
                    slowest[step] = Math.max(slowest[step], took[step]);
                }
            }
            return result(halls, slowest, readers.join());
        }
    }

    private Result result(int halls, double[] slowest, Volley readers) {
        Result result = new Result(name());
        List<String> steps = List.of("a hall made", "an event in it made", "its seat map shown");
        for (int step = 0; step < slowest.length; step++) {
            result.claim(
                    steps.get(step) + ", slowest of " + halls,
                    String.format("%.2f s", slowest[step]),
                    "< " + BAR_SECONDS + " s",
                    slowest[step] < BAR_SECONDS);
        }
        Errors errors = new Errors();
        errors.of(readers);
        return errors.report(result.latency("meanwhile: detail (" + READS_PER_SECOND + "/s)", readers, 100, 0));
    }

    private static Shot read(String url, List<Buyer> people, int i) {
        Buyer reader = people.get(i % people.size());
        return Shot.get(url, reader.accessToken(), reader.address());
    }

    /** The demo seller, with a venue of its own. */
    private static final class Maker {
        private static final Duration PATIENCE = Duration.ofSeconds(30);

        private final Range range;
        private final Api api;
        private final String token;
        private final String venue;

        Maker(Range range, Api api) {
            this.range = range;
            this.api = api;
            LocalStack.Account seller = range.stack().account("seller");
            this.token = post(
                            "/auth/login",
                            Json.object().put("email", seller.email()).put("password", seller.password()),
                            "")
                    .text("accessToken");
            this.venue = post(
                            "/venues",
                            Json.object()
                                    .put("name", "Stadium")
                                    .put("address", "1")
                                    .put("city", "서울"),
                            token)
                    .text("id");
        }

        /** Seconds for the hall, the event, its seat map. */
        double[] hallAndEvent() {
            long began = System.nanoTime();
            String hall = post("/venues/" + venue + "/halls", hall(), token).text("id");
            long made = System.nanoTime();
            String event = post("/events", event(hall), token).text("id");
            long announced = System.nanoTime();
            send(Request.get("halls", range.api() + "/events/" + event + "/seats"), token);
            return new double[] {(made - began) / 1e9, (announced - made) / 1e9, (System.nanoTime() - announced) / 1e9};
        }

        private static ObjectNode hall() {
            ObjectNode hall = Json.object().put("name", "Stadium " + UUID.randomUUID());
            ArrayNode sections = hall.putArray("sections");
            for (int section = 1; section <= SECTIONS; section++) {
                ArrayNode rows = sections.addObject()
                        .put("name", "Section " + section)
                        .put("grade", section <= SECTIONS / 10 ? "VIP" : "R")
                        .putArray("rows");
                for (int row = 1; row <= ROWS; row++) {
                    rows.addObject().put("row", Integer.toString(row)).put("seats", SEATS_PER_ROW);
                }
            }
            return hall;
        }

        private static ObjectNode event(String hall) {
            Instant now = Instant.now();
            ObjectNode event = Json.object()
                    .put("title", "A night in the stadium")
                    .put("artist", "The Large Band")
                    .put("hallId", hall)
                    .put("saleOpensAt", now.plus(Duration.ofDays(1)).toString())
                    .put("saleClosesAt", now.plus(Duration.ofDays(7)).toString());
            ArrayNode prices = event.putArray("prices");
            prices.addObject().put("grade", "VIP").put("amount", 198_000);
            prices.addObject().put("grade", "R").put("amount", 154_000);
            event.putArray("performances")
                    .addObject()
                    .put("startsAt", now.plus(Duration.ofDays(30)).toString());
            return event;
        }

        private Reply post(String path, ObjectNode body, String as) {
            return send(Request.post("halls", range.api() + path, body).once("halls-" + UUID.randomUUID()), as);
        }

        private Reply send(Request request, String as) {
            Request known = as.isEmpty() ? request : request.with("Authorization", "Bearer " + as);
            Reply reply = Objects.requireNonNull(api.send(known).block(PATIENCE));
            if (!reply.ok()) {
                throw new Complaint(request.url() + " answered " + reply.summary() + " " + reply.body());
            }
            return reply;
        }
    }
}
