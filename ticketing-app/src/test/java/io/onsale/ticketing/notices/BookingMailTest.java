package io.onsale.ticketing.notices;

import static io.onsale.ticketing.TestEvents.TestEvent.seat;
import static org.assertj.core.api.Assertions.assertThat;

import io.onsale.platform.Ids;
import io.onsale.platform.tokens.Role;
import io.onsale.ticketing.TestEvents.Plan;
import io.onsale.ticketing.TestEvents.TestEvent;
import io.onsale.ticketing.TestSandbox;
import io.onsale.ticketing.TicketingTest;
import io.onsale.ticketing.checkout.PayClient;
import io.onsale.ticketing.reservations.HoldClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** Who books is written to, and again who cancels. */
class BookingMailTest extends TicketingTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Map<String, String> PASSWORD = Map.of("password", "correct horse battery");

    private final String email = "booker." + Ids.next() + "@example.com";

    @Test
    void theTicketsComeByMailAndSoDoesTheirEnd() {
        TestSandbox.webhooksTo(0);
        TestEvent event = events().create(Plan.simple().amount(0));
        TestUser buyer = account();
        PayClient pay = new PayClient(http);
        var held = new HoldClient(http).held(buyer, event.performanceId(), seat(1, 1), seat(1, 2));
        var payment = pay.prepared(buyer, held.reservationId(), held.paymentToken(), "FREE");
        pay.confirmed(buyer, payment.paymentId());
        pay.await(buyer, held.reservationId(), booked -> booked.status().equals("CONFIRMED"));

        JsonNode tickets = mail("예매가 완료되었습니다: A concert");
        assertThat(tickets.path("text").asString()).contains("올림픽홀").containsPattern("\\w{4}-\\w{4}-\\w{3}");

        pay.cancel(buyer, held.reservationId()).expectStatus().is2xxSuccessful();
        JsonNode cancelled = mail("예매가 취소되었습니다: A concert");
        assertThat(cancelled.path("text").asString()).contains("2매");
    }

    private JsonNode mail(String subject) {
        Instant end = Instant.now().plus(PATIENCE);
        while (Instant.now().isBefore(end)) {
            JsonNode page =
                    body(TestSandbox.http().get().uri("/mails?to={to}", email).exchange());
            List<JsonNode> found = page.path("items")
                    .valueStream()
                    .filter(mail -> mail.path("subject").asString().equals(subject))
                    .toList();
            if (!found.isEmpty()) {
                assertThat(found).as("once").hasSize(1);
                return found.get(0);
            }
            Mono.delay(Duration.ofMillis(200)).block();
        }
        throw new AssertionError("no mail came: " + subject);
    }

    private TestUser account() {
        var details = new java.util.HashMap<String, String>(PASSWORD);
        details.putAll(Map.of("email", email, "name", "김민수", "termsVersion", "2026-01"));
        String id = body(post("/api/v1/auth/register", details)).path("id").asString();
        var login = new java.util.HashMap<String, String>(PASSWORD);
        login.put("email", email);
        return new TestUser(
                id,
                Role.BUYER,
                body(post("/api/v1/auth/login", login)).path("accessToken").asString());
    }

    private ResponseSpec post(String path, Map<String, ?> body) {
        return http.post()
                .uri(path)
                .header("Accept-Language", "ko")
                .bodyValue(body)
                .exchange();
    }

    private static JsonNode body(ResponseSpec response) {
        return response.expectBody(JsonNode.class).returnResult().getResponseBody();
    }
}
