package io.onsale.ticketing.checkout;

import io.onsale.platform.Ids;
import io.onsale.ticketing.TicketingTest.TestUser;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

/** Pays, looks and gives back as a buyer's page does. */
public record PayClient(WebTestClient http) {

    private static final ParameterizedTypeReference<Map<String, Object>> JSON = new ParameterizedTypeReference<>() {};

    /** Of the answer to POST /payments, what tests need. */
    public record Prepared(String paymentId, String status, long amount, Map<String, Object> checkout) {}

    /** A reservation as the API answers it. */
    public record Booked(
            String reservationId,
            String status,
            long amount,
            String paymentId,
            String paymentToken,
            List<Map<String, Object>> seats,
            List<String> ticketIds,
            List<Map<String, Object>> tickets) {}

    public ResponseSpec pay(TestUser buyer, String reservationId, String paymentToken, String provider) {
        return http.post()
                .uri("/api/v1/payments")
                .headers(buyer::authorize)
                .header("Idempotency-Key", Ids.next())
                .bodyValue(Map.of("reservationId", reservationId, "paymentToken", paymentToken, "provider", provider))
                .exchange();
    }

    public Prepared prepared(TestUser buyer, String reservationId, String paymentToken, String provider) {
        return Objects.requireNonNull(pay(buyer, reservationId, paymentToken, provider)
                .expectStatus()
                .isCreated()
                .expectBody(Prepared.class)
                .returnResult()
                .getResponseBody());
    }

    public ResponseSpec confirm(TestUser buyer, String paymentId, Map<String, String> reference) {
        Map<String, Object> body = new HashMap<>();
        body.put("paymentId", paymentId);
        body.put("providerReference", reference);
        return http.post()
                .uri("/api/v1/payments/confirm")
                .headers(buyer::authorize)
                .header("Idempotency-Key", Ids.next())
                .bodyValue(body)
                .exchange();
    }

    public Map<String, Object> confirmed(TestUser buyer, String paymentId) {
        return json(confirm(buyer, paymentId, Map.of("paymentId", paymentId)));
    }

    public Booked booking(TestUser buyer, String reservationId) {
        return Objects.requireNonNull(http.get()
                .uri("/api/v1/reservations/{id}", reservationId)
                .headers(buyer::authorize)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(Booked.class)
                .returnResult()
                .getResponseBody());
    }

    /** Looks every 50 ms, for 30 s at most. */
    public Booked await(TestUser buyer, String reservationId, Predicate<Booked> condition) {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (true) {
            Booked booked = booking(buyer, reservationId);
            if (condition.test(booked)) {
                return booked;
            }
            if (System.nanoTime() > end) {
                throw new AssertionError("still " + booked);
            }
            sleep();
        }
    }

    public Map<String, Object> payment(TestUser buyer, String paymentId) {
        return json(http.get()
                .uri("/api/v1/payments/{id}", paymentId)
                .headers(buyer::authorize)
                .exchange());
    }

    public String awaitPayment(TestUser buyer, String paymentId, String status) {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!payment(buyer, paymentId).get("status").equals(status)) {
            if (System.nanoTime() > end) {
                throw new AssertionError("still " + payment(buyer, paymentId));
            }
            sleep();
        }
        return status;
    }

    public ResponseSpec cancel(TestUser buyer, String reservationId) {
        return http.delete()
                .uri("/api/v1/reservations/{id}", reservationId)
                .headers(buyer::authorize)
                .exchange();
    }

    public ResponseSpec refund(TestUser buyer, String reservationId, List<String> ticketIds) {
        return http.post()
                .uri("/api/v1/reservations/{id}/refund", reservationId)
                .headers(buyer::authorize)
                .header("Idempotency-Key", Ids.next())
                .bodyValue(Map.of("ticketIds", ticketIds))
                .exchange();
    }

    public ResponseSpec checkIn(TestUser staff, String code) {
        return http.post()
                .uri("/api/v1/tickets/check-in")
                .headers(staff::authorize)
                .bodyValue(Map.of("code", code))
                .exchange();
    }

    public String qr(TestUser buyer, String ticketId) {
        return http.get()
                .uri("/api/v1/tickets/{id}/qr", ticketId)
                .headers(buyer::authorize)
                .exchange()
                .expectStatus()
                .isOk()
                .expectHeader()
                .contentType("image/svg+xml")
                .expectBody(String.class)
                .returnResult()
                .getResponseBody();
    }

    public static Map<String, Object> json(ResponseSpec answer) {
        return Objects.requireNonNull(answer.expectBody(JSON).returnResult().getResponseBody());
    }

    static void sleep() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
