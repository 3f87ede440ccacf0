package io.onsale.gatling;

import static io.gatling.javaapi.core.CoreDsl.listFeeder;
import static io.gatling.javaapi.http.HttpDsl.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatling.javaapi.core.FeederBuilder;
import io.gatling.javaapi.http.HttpProtocolBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** The event and the people that {@code ./onsale stage} wrote. */
final class Stage {

    private static final JsonNode STAGE = Files.read(System.getProperty("stage", ".onsale/stage.json"));
    private static final List<String> SEATS = seats();
    private static final AtomicInteger NEXT = new AtomicInteger();

    private Stage() {}

    static String eventId() {
        return STAGE.path("eventId").asText();
    }

    static String performanceId() {
        return STAGE.path("performanceId").asText();
    }

    private static List<String> seats() {
        List<String> seats = new ArrayList<>();
        STAGE.path("seatIds").forEach(seat -> seats.add(seat.asText()));
        return List.copyOf(seats);
    }

    /** Any seat but those; null when there is none. */
    static String seatBut(List<String> held, List<String> sold) {
        List<String> free = new ArrayList<>(SEATS);
        free.removeAll(Set.copyOf(held));
        free.removeAll(Set.copyOf(sold));
        return free.isEmpty() ? null : free.get(ThreadLocalRandom.current().nextInt(free.size()));
    }

    /** In turn. */
    static String nextSeat() {
        return SEATS.get(NEXT.getAndIncrement() % SEATS.size());
    }

    /** One of the ten best. */
    static String frontSeat() {
        return SEATS.get(ThreadLocalRandom.current().nextInt(Math.min(10, SEATS.size())));
    }

    /** Everybody comes once, then the first comes again. */
    static FeederBuilder<Object> buyers() {
        List<Map<String, Object>> buyers = new ArrayList<>();
        STAGE.path("buyers")
                .forEach(buyer -> buyers.add(Map.of(
                        "token", buyer.path("token").asText(),
                        "address", buyer.path("address").asText())));
        return listFeeder(buyers).circular();
    }

    /** Buyers of a load test come from a range that no real network uses, each from an address of their own. */
    static HttpProtocolBuilder protocol() {
        return http.baseUrl(STAGE.path("api").asText())
                .acceptHeader("application/json")
                .contentTypeHeader("application/json")
                .authorizationHeader("Bearer #{token}")
                .header("X-Forwarded-For", "#{address}")
                .shareConnections();
    }
}
