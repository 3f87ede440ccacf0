package io.onsale.ticketing;

import io.onsale.platform.tokens.Role;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.test.web.reactive.server.WebTestClient;

/**
 * Events on sale, made as a seller makes them. The hall has section 1 (grade R, rows of seats) and, where asked, a standing area
 * "Standing" (grade S) as the next section.
 */
public final class TestEvents {
    private static final ParameterizedTypeReference<Map<String, Object>> JSON = new ParameterizedTypeReference<>() {};

    private final WebTestClient http;
    private final TicketingTest.TestUser seller;

    TestEvents(WebTestClient http, TicketingTest.TestUser seller) {
        if (seller.role() != Role.SELLER) {
            throw new IllegalArgumentException("a seller makes events");
        }
        this.http = http;
        this.seller = seller;
    }

    /**
     * What to sell.
     *
     * @param places of the standing area; 0 for none
     */
    public record Plan(
            int rows,
            int seatsPerRow,
            int places,
            int maxSeatsPerBuyer,
            boolean waitingRoom,
            long amount,
            Instant opensAt,
            Instant closesAt,
            int performances) {

        /** On sale now, two rows of ten for 50,000 won each, four to a buyer, no waiting room. */
        public static Plan simple() {
            Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
            return new Plan(
                    2, 10, 0, 4, false, 50_000, now.minus(1, ChronoUnit.HOURS), now.plus(1, ChronoUnit.DAYS), 1);
        }

        public Plan seats(int newRows, int newSeatsPerRow) {
            return new Plan(
                    newRows,
                    newSeatsPerRow,
                    places,
                    maxSeatsPerBuyer,
                    waitingRoom,
                    amount,
                    opensAt,
                    closesAt,
                    performances);
        }

        public Plan standing(int newPlaces) {
            return new Plan(
                    rows,
                    seatsPerRow,
                    newPlaces,
                    maxSeatsPerBuyer,
                    waitingRoom,
                    amount,
                    opensAt,
                    closesAt,
                    performances);
        }

        public Plan limit(int newLimit) {
            return new Plan(rows, seatsPerRow, places, newLimit, waitingRoom, amount, opensAt, closesAt, performances);
        }

        public Plan withWaitingRoom() {
            return new Plan(rows, seatsPerRow, places, maxSeatsPerBuyer, true, amount, opensAt, closesAt, performances);
        }

        public Plan amount(long newAmount) {
            return new Plan(
                    rows,
                    seatsPerRow,
                    places,
                    maxSeatsPerBuyer,
                    waitingRoom,
                    newAmount,
                    opensAt,
                    closesAt,
                    performances);
        }

        public Plan window(Instant opens, Instant closes) {
            return new Plan(
                    rows, seatsPerRow, places, maxSeatsPerBuyer, waitingRoom, amount, opens, closes, performances);
        }

        public Plan performances(int newPerformances) {
            return new Plan(
                    rows,
                    seatsPerRow,
                    places,
                    maxSeatsPerBuyer,
                    waitingRoom,
                    amount,
                    opensAt,
                    closesAt,
                    newPerformances);
        }
    }

    /** An event as its seller knows it. */
    public record TestEvent(String id, List<String> performanceIds, TicketingTest.TestUser seller) {

        public String performanceId() {
            return performanceIds.get(0);
        }

        /** Id of a numbered seat, from 1. */
        public static String seat(int row, int number) {
            return "1-" + row + "-" + number;
        }
    }

    public TestEvent create(Plan plan) {
        String venue = (String) post("/api/v1/venues", Map.of("name", "올림픽홀", "address", "424", "city", "서울"))
                .get("id");
        String hall =
                (String) post("/api/v1/venues/" + venue + "/halls", hall(plan)).get("id");
        Map<String, Object> event = post("/api/v1/events", event(plan, hall));
        List<?> performances = (List<?>) event.get("performances");
        return new TestEvent(
                (String) event.get("id"),
                performances.stream()
                        .map(performance -> (String) ((Map<?, ?>) performance).get("id"))
                        .toList(),
                seller);
    }

    private static Map<String, Object> hall(Plan plan) {
        List<Object> sections = new ArrayList<>();
        List<Map<String, Object>> rows = IntStream.rangeClosed(1, plan.rows())
                .mapToObj(row -> Map.<String, Object>of("row", "R" + row, "seats", plan.seatsPerRow()))
                .toList();
        if (plan.rows() > 0) {
            sections.add(Map.of("name", "Floor", "grade", "R", "rows", rows));
        }
        if (plan.places() > 0) {
            sections.add(Map.of("name", "Standing", "grade", "S", "capacity", plan.places()));
        }
        return Map.of("name", "Hall", "sections", sections);
    }

    private static Map<String, Object> event(Plan plan, String hall) {
        Map<String, Object> event = new HashMap<>();
        event.put("title", "A concert");
        event.put("artist", "Somebody");
        event.put("hallId", hall);
        event.put("saleOpensAt", plan.opensAt().toString());
        event.put("saleClosesAt", plan.closesAt().toString());
        event.put("maxSeatsPerBuyer", plan.maxSeatsPerBuyer());
        List<Object> prices = new ArrayList<>();
        if (plan.rows() > 0) {
            prices.add(Map.of("grade", "R", "amount", plan.amount()));
        }
        if (plan.places() > 0) {
            prices.add(Map.of("grade", "S", "amount", plan.amount()));
        }
        event.put("prices", prices);
        event.put(
                "performances",
                IntStream.range(0, plan.performances())
                        .mapToObj(day -> Map.of(
                                "startsAt",
                                plan.closesAt().plus(30L + day, ChronoUnit.DAYS).toString()))
                        .toList());
        if (plan.waitingRoom()) {
            event.put(
                    "waitingRoom", Map.of("ratePerSecond", 10, "capacity", 50_000, "passSeconds", 600, "mode", "FIFO"));
        }
        return event;
    }

    private Map<String, Object> post(String path, Object body) {
        return Objects.requireNonNull(http.post()
                .uri(path)
                .headers(seller::authorize)
                .bodyValue(body)
                .exchange()
                .expectStatus()
                .isCreated()
                .expectBody(JSON)
                .returnResult()
                .getResponseBody());
    }
}
