package io.onsale.loadtest.demo;

import io.netty.handler.codec.http.HttpMethod;
import io.onsale.loadtest.Complaint;
import io.onsale.loadtest.Json;
import io.onsale.loadtest.http.PatientApi;
import io.onsale.loadtest.http.Reply;
import io.onsale.loadtest.http.Request;
import io.onsale.loadtest.stack.LocalStack;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/** Puts a fresh event on sale through the public API, as the demo seller. */
public final class Seller {

    private static final int SEATS_PER_ROW = 25;
    private static final int MOST_ROWS = 800;
    private static final Map<String, Integer> PRICES = Map.of("VIP", 198_000, "R", 154_000, "S", 121_000);

    private final LocalStack stack;
    private final PatientApi api;
    private String token = "";

    public Seller(LocalStack stack, PatientApi api) {
        this.stack = stack;
        this.api = api;
    }

    /**
     * @param ratePerSecond 0 for an event without a waiting room
     * @param opensIn time for the crowd to get ready; the waiting room learns of the event in it
     */
    public Mono<Stage> putOnSale(int seats, int ratePerSecond, int lineCapacity, Duration opensIn) {
        return logIn().then(Mono.defer(this::makeVenue))
                .flatMap(venueId -> makeHall(venueId, seats))
                .flatMap(hallId -> makeEvent(hallId, seats, ratePerSecond, lineCapacity, opensIn))
                .flatMap(this::withSeats);
    }

    private Mono<Void> logIn() {
        LocalStack.Account account = stack.account("seller");
        ObjectNode body = Json.object().put("email", account.email()).put("password", account.password());
        return call("/auth/login", body)
                .doOnNext(reply -> token = reply.text("accessToken"))
                .then();
    }

    private Mono<String> makeVenue() {
        ObjectNode body = Json.object()
                .put("name", "올림픽홀 " + Instant.now().toEpochMilli())
                .put("address", "서울특별시 송파구 올림픽로 424")
                .put("city", "서울");
        return call("/venues", body).map(reply -> reply.text("id"));
    }

    /** A tenth is VIP, four tenths R, the rest S; a small hall has fewer grades. */
    private static Map<String, Integer> seatsByGrade(int seats) {
        int vip = Math.max(1, seats / 10);
        int r = Math.min(seats - vip, seats * 4 / 10);
        Map<String, Integer> grades = new LinkedHashMap<>();
        grades.put("VIP", vip);
        grades.put("R", r);
        grades.put("S", seats - vip - r);
        grades.values().removeIf(count -> count == 0);
        return grades;
    }

    private Mono<String> makeHall(String venueId, int seats) {
        ObjectNode body = Json.object().put("name", "Hall of " + seats);
        ArrayNode sections = body.putArray("sections");
        seatsByGrade(seats).forEach((grade, count) -> addSection(sections, "Section " + grade, grade, count));
        return call("/venues/" + venueId + "/halls", body).map(reply -> reply.text("id"));
    }

    private static void addSection(ArrayNode sections, String name, String grade, int seats) {
        ObjectNode section = sections.addObject().put("name", name).put("grade", grade);
        ArrayNode rows = section.putArray("rows");
        int perRow = Math.max(SEATS_PER_ROW, seats / MOST_ROWS + 1);
        for (int from = 0, row = 1; from < seats; from += perRow, row++) {
            rows.addObject().put("row", Integer.toString(row)).put("seats", Math.min(perRow, seats - from));
        }
    }

    private Mono<Reply> makeEvent(String hallId, int seats, int ratePerSecond, int lineCapacity, Duration opensIn) {
        Instant opensAt = Instant.now().plus(opensIn);
        ObjectNode body = Json.object()
                .put("title", "onsale demo " + opensAt)
                .put("artist", "The Flash Crowd")
                .put("category", "CONCERT")
                .put("hallId", hallId)
                .put("saleOpensAt", opensAt.toString())
                .put("saleClosesAt", opensAt.plus(Duration.ofDays(7)).toString())
                .put("maxSeatsPerBuyer", 4);
        ArrayNode prices = body.putArray("prices");
        seatsByGrade(seats)
                .keySet()
                .forEach(grade -> prices.addObject().put("grade", grade).put("amount", PRICES.getOrDefault(grade, 0)));
        ArrayNode performances = body.putArray("performances");
        performances
                .addObject()
                .put("startsAt", opensAt.plus(Duration.ofDays(30)).toString());
        if (ratePerSecond > 0) {
            body.putObject("waitingRoom")
                    .put("ratePerSecond", ratePerSecond)
                    .put("capacity", lineCapacity)
                    .put("passSeconds", 600)
                    .put("mode", "FIFO");
        }
        return call("/events", body)
                .map(reply -> new Reply(
                        reply.status(),
                        ((ObjectNode) reply.body()).put("opensAt", opensAt.toString()),
                        reply.retryAfter()));
    }

    private Mono<Stage> withSeats(Reply event) {
        String eventId = event.text("id");
        String performanceId =
                event.body().path("performances").path(0).path("id").asString("");
        String path = "/events/" + eventId + "/seats?performanceId=" + performanceId;
        return send(new Request("seller", HttpMethod.GET, url(path), Map.of(), MissingNode.getInstance()))
                .map(reply ->
                        new Stage(eventId, performanceId, Instant.parse(event.text("opensAt")), seatIds(reply.body())));
    }

    private static List<String> seatIds(JsonNode seats) {
        List<String> ids = new ArrayList<>();
        for (JsonNode grade : seats.path("grades")) {
            for (JsonNode seat : grade.path("seats")) {
                ids.add(seat.path("id").asString(""));
            }
        }
        return ids;
    }

    private Mono<Reply> call(String path, ObjectNode body) {
        return send(Request.post("seller", url(path), body).once("seller" + java.util.UUID.randomUUID()));
    }

    private Mono<Reply> send(Request request) {
        Request known = token.isEmpty() ? request : request.with("Authorization", "Bearer " + token);
        return api.send(known).map(reply -> {
            if (!reply.ok()) {
                throw new Complaint("The seller could not " + request.method() + " " + request.url() + ": "
                        + reply.summary() + " " + reply.body());
            }
            return reply;
        });
    }

    private String url(String path) {
        return stack.gateway() + "/api/v1" + path;
    }
}
