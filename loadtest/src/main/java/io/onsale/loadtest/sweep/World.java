package io.onsale.loadtest.sweep;

import io.onsale.loadtest.Complaint;
import io.onsale.loadtest.Json;
import io.onsale.loadtest.http.Api;
import io.onsale.loadtest.http.Reply;
import io.onsale.loadtest.http.Request;
import io.onsale.loadtest.people.Buyers;
import io.onsale.loadtest.stack.LocalStack;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One of everything, so that good calls find something and other people's things can be reached for: a venue, a hall, two events, and
 * a buyer with a hold, a paid reservation and its tickets.
 */
final class World {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Map<String, String> ids = new HashMap<>();
    private final Map<String, List<String>> lists = new HashMap<>();
    private final Map<String, String> tokens = new HashMap<>();
    private final LocalStack stack;
    private final Api api;

    private World(LocalStack stack, Api api) {
        this.stack = stack;
        this.api = api;
    }

    static World make(LocalStack stack, Api api) {
        World world = new World(stack, api);
        world.build();
        return world;
    }

    /** The id that a path means: {@code id} is what its segment before is a list of. */
    String pathId(String path, String parameter) {
        if (parameter.equals("eventId") && path.contains("/queue/")) {
            return ids.getOrDefault("lineEventId", "");
        }
        String before = path.substring(0, Math.max(0, path.indexOf("/{" + parameter + "}")));
        String segment = before.substring(before.lastIndexOf('/') + 1);
        return ids.getOrDefault(parameter.equals("id") ? segment : parameter, new UUID(0, 7).toString());
    }

    /** A known value for a field of that name, or null. */
    @org.jspecify.annotations.Nullable
    String field(String path, String name) {
        return path.contains("/queue/") && name.equals("eventId") ? ids.get("lineEventId") : ids.get(name);
    }

    /** What somebody in it shows: {@code owner}, {@code seller}; {@code payment} of the owner's hold. */
    String token(String of) {
        return tokens.getOrDefault(of, "");
    }

    /** Adds somebody who shows this. */
    void remember(String who, String token) {
        tokens.put(who, token);
    }

    /** The id of something in it. */
    String id(String of) {
        return ids.getOrDefault(of, "");
    }

    /** Known values for a list of that name; empty when there are none. */
    List<String> list(String name) {
        return lists.getOrDefault(name, List.of());
    }

    private void build() {
        LocalStack.Account account = stack.account("seller");
        String seller = post(
                        "/auth/login",
                        Json.object().put("email", account.email()).put("password", account.password()),
                        "")
                .text("accessToken");
        ids.put("venues", post("/venues", venue(), seller).text("id"));
        ids.put(
                "hallId",
                post("/venues/" + ids.get("venues") + "/halls", hall(), seller).text("id"));
        Reply event = post("/events", event(false), seller);
        ids.put("events", event.text("id"));
        ids.put("eventId", event.text("id"));
        ids.put(
                "performanceId",
                event.body().path("performances").path(0).path("id").asString(""));
        line("line", seller);
        line("otherLine", seller);
        tokens.put("seller", seller);
        Buyers.Buyer owner = new Buyers(stack).make(1).get(0);
        ids.put("users", new Buyers(stack).make(1).get(0).userId());
        ids.put("parked-messages", "1");
        tokens.put("owner", owner.accessToken());
        ids.put("owner", owner.userId());
        buy(owner.accessToken());
    }

    private void line(String name, String seller) {
        Reply event = post("/events", event(true), seller);
        ids.put(name + "EventId", event.text("id"));
        ids.put(
                name + "PerformanceId",
                event.body().path("performances").path(0).path("id").asString(""));
    }

    /** Free of charge, so that no provider is needed. */
    private void buy(String owner) {
        Reply held = post("/reservations/hold", wish(), owner);
        Reply started = post(
                "/payments",
                Json.object()
                        .put("reservationId", held.text("reservationId"))
                        .put("paymentToken", held.text("paymentToken"))
                        .put("provider", "FREE"),
                owner);
        post("/payments/confirm", Json.object().put("paymentId", started.text("paymentId")), owner);
        ids.put("reservations", held.text("reservationId"));
        ids.put("payments", started.text("paymentId"));
        ids.put("paymentId", started.text("paymentId"));
        awaitTickets(held.text("reservationId"), owner);
        Reply second = post("/reservations/hold", wish(), owner);
        ids.put("hold", second.text("reservationId"));
        ids.put("reservationId", second.text("reservationId"));
        tokens.put("payment", second.text("paymentToken"));
        lists.put("seatIds", List.of("1-1-19", "1-1-20"));
    }

    private void awaitTickets(String reservationId, String owner) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            Reply reply = send(Request.get("world", url("/reservations/" + reservationId)), owner);
            JsonNode tickets = reply.body().path("ticketIds");
            if (!tickets.isEmpty()) {
                lists.put("ticketIds", List.of(tickets.path(0).asString()));
                ids.put("tickets", tickets.path(0).asString());
                return;
            }
            reactor.core.publisher.Mono.delay(Duration.ofMillis(200)).block();
        }
        throw new Complaint("No tickets came for reservation " + reservationId);
    }

    private ObjectNode wish() {
        return Json.object()
                .put("performanceId", ids.get("performanceId"))
                .put("grade", "R")
                .put("quantity", 2);
    }

    private static ObjectNode venue() {
        return Json.object()
                .put("name", "Sweep Hall")
                .put("address", "1 Sweep-ro")
                .put("city", "Seoul");
    }

    private static ObjectNode hall() {
        ObjectNode hall = Json.object().put("name", "Main");
        var sections = hall.putArray("sections");
        sections.addObject()
                .put("name", "A")
                .put("grade", "R")
                .putArray("rows")
                .addObject()
                .put("row", "1")
                .put("seats", 20);
        sections.addObject().put("name", "Floor").put("grade", "S").put("capacity", 100);
        return hall;
    }

    private ObjectNode event(boolean withLine) {
        Instant now = Instant.now();
        ObjectNode event = Json.object()
                .put("title", "휩쓸기 Sweep")
                .put("artist", "The Brooms")
                .put("hallId", ids.get("hallId"))
                .put("saleOpensAt", now.toString())
                .put("saleClosesAt", now.plus(Duration.ofDays(7)).toString());
        var prices = event.putArray("prices");
        prices.addObject().put("grade", "R").put("amount", 0);
        prices.addObject().put("grade", "S").put("amount", 0);
        event.putArray("performances")
                .addObject()
                .put("startsAt", now.plus(Duration.ofDays(30)).toString());
        if (withLine) {
            event.putObject("waitingRoom");
        }
        return event;
    }

    private Reply post(String path, JsonNode body, String token) {
        return send(Request.post("world", url(path), body).once("world-" + UUID.randomUUID()), token);
    }

    private Reply send(Request request, String token) {
        Request known = token.isEmpty() ? request : request.with("Authorization", "Bearer " + token);
        Reply reply = Objects.requireNonNull(api.send(known).block(PATIENCE));
        if (!reply.ok()) {
            throw new Complaint("The world could not be made: " + request.url() + " answered " + reply.summary() + " "
                    + reply.body());
        }
        return reply;
    }

    private String url(String path) {
        return stack.gateway() + "/api/v1" + path;
    }
}
