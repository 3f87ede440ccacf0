package io.onsale.gatling;

import static io.gatling.javaapi.core.CoreDsl.jsonFile;
import static io.gatling.javaapi.core.CoreDsl.listFeeder;
import static io.gatling.javaapi.http.HttpDsl.http;

import io.gatling.javaapi.core.FeederBuilder;
import io.gatling.javaapi.http.HttpProtocolBuilder;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/** The event and the people that {@code ./onsale stage} wrote; settings come as {@code -Dname=value}. */
final class Stage {

    private static final Map<String, Object> STAGE = jsonFile(System.getProperty("stage", "../../.onsale/stage.json"))
            .readRecords()
            .get(0);

    private Stage() {}

    static int setting(String name, int fallback) {
        return Integer.getInteger(name, fallback);
    }

    static String eventId() {
        return (String) STAGE.get("eventId");
    }

    static String performanceId() {
        return (String) STAGE.get("performanceId");
    }

    @SuppressWarnings("unchecked")
    static List<String> seats() {
        return (List<String>) STAGE.get("seatIds");
    }

    static String anySeat() {
        return seats().get(ThreadLocalRandom.current().nextInt(seats().size()));
    }

    /** One of the ten best. */
    static String frontSeat() {
        return seats().get(ThreadLocalRandom.current().nextInt(Math.min(10, seats().size())));
    }

    /** Everybody comes once, then the first comes again. */
    @SuppressWarnings("unchecked")
    static FeederBuilder<Object> buyers() {
        return listFeeder((List<Map<String, Object>>) STAGE.get("buyers")).circular();
    }

    /** Buyers of a load test come from a range that no real network uses, each from an address of their own. */
    static HttpProtocolBuilder protocol() {
        return http.baseUrl((String) STAGE.get("api"))
                .acceptHeader("application/json")
                .contentTypeHeader("application/json")
                .authorizationHeader("Bearer #{token}")
                .header("X-Forwarded-For", "#{address}")
                .shareConnections();
    }
}
