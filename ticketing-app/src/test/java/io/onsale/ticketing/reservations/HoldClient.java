package io.onsale.ticketing.reservations;

import io.onsale.platform.Ids;
import io.onsale.ticketing.TicketingTest.TestUser;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

/** Calls the reservations as a buyer's page does. */
public record HoldClient(WebTestClient http) {
    private static final ParameterizedTypeReference<Map<String, Object>> JSON = new ParameterizedTypeReference<>() {};

    /** A held reservation as the API answers it. */
    public record Held(
            String reservationId, String status, List<Seat> seats, long amount, String expiresAt, String paymentToken) {

        /** A seat and its fence. */
        public record Seat(String seatId, long fence) {}

        public List<String> seatIds() {
            return seats.stream().map(Seat::seatId).toList();
        }
    }

    /** With any body, key and pass. */
    public ResponseSpec post(TestUser buyer, @Nullable String key, @Nullable String pass, Object body) {
        var request = http.post().uri("/api/v1/reservations/hold").headers(buyer::authorize);
        if (key != null) {
            request.header("Idempotency-Key", key);
        }
        if (pass != null) {
            request.header("Queue-Pass", pass);
        }
        return request.bodyValue(body).exchange();
    }

    public ResponseSpec hold(TestUser buyer, String performanceId, String... seatIds) {
        return post(buyer, Ids.next(), null, Map.of("performanceId", performanceId, "seatIds", List.of(seatIds)));
    }

    public Held held(TestUser buyer, String performanceId, String... seatIds) {
        return held(hold(buyer, performanceId, seatIds));
    }

    public static Held held(ResponseSpec answer) {
        return Objects.requireNonNull(answer.expectStatus()
                .isCreated()
                .expectBody(Held.class)
                .returnResult()
                .getResponseBody());
    }

    public ResponseSpec release(TestUser buyer, String reservationId) {
        return http.delete()
                .uri("/api/v1/reservations/hold/" + reservationId)
                .headers(buyer::authorize)
                .exchange();
    }

    public ResponseSpec change(TestUser buyer, String reservationId, String... seatIds) {
        return http.put()
                .uri("/api/v1/reservations/hold/" + reservationId)
                .headers(buyer::authorize)
                .bodyValue(Map.of("seatIds", List.of(seatIds)))
                .exchange();
    }

    public SeatMap seats(String performanceId) {
        return Objects.requireNonNull(http.get()
                .uri("/api/v1/reservations/seats/" + performanceId)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(SeatMap.class)
                .returnResult()
                .getResponseBody());
    }

    /** The seat map as the API answers it. */
    public record SeatMap(String performanceId, long version, Counts counts, List<String> held, List<String> sold) {

        /** Of all seats. */
        public record Counts(int total, int available, int held, int sold, int blocked) {}
    }

    /** The problem's code and members. */
    public static Map<String, Object> problem(ResponseSpec answer, int status) {
        return Objects.requireNonNull(answer.expectStatus()
                .isEqualTo(status)
                .expectBody(JSON)
                .returnResult()
                .getResponseBody());
    }
}
