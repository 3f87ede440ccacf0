package io.onsale.ticketing.checkout;

import static io.onsale.ticketing.TestEvents.TestEvent.seat;
import static org.assertj.core.api.Assertions.assertThat;

import io.onsale.platform.Ids;
import io.onsale.platform.tokens.Role;
import io.onsale.ticketing.TestEvents.Plan;
import io.onsale.ticketing.TestEvents.TestEvent;
import io.onsale.ticketing.TestSandbox;
import io.onsale.ticketing.TicketingTest;
import io.onsale.ticketing.checkout.PayClient.Prepared;
import io.onsale.ticketing.reservations.HoldClient;
import io.onsale.ticketing.reservations.HoldClient.Held;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import tools.jackson.databind.JsonNode;

/** A seller sees who bought, of the seller's own events only. */
class BuyersTest extends TicketingTest {
    private static final String PASSWORD = "correct horse battery";

    private final String email = "someone." + Ids.next() + "@example.com";
    private TestEvent event;

    @BeforeEach
    void anEventOfASeller() {
        event = events().create(Plan.simple());
        TestSandbox.webhooksTo(0);
    }

    @Test
    void theSellerSeesWhoBoughtAndNobodyElseDoes() {
        TestUser person = account();
        buy(person, seat(1, 1), seat(1, 2));
        buy(person, seat(1, 3));
        TestUser stranger = buyer();
        new HoldClient(http).held(stranger, event.performanceId(), seat(2, 1));

        JsonNode page = body(buyers(event.seller()).expectStatus().isOk());
        assertThat(page.path("totalElements").asLong())
                .as("a hold is no purchase")
                .isEqualTo(1);
        JsonNode item = page.path("items").path(0);
        assertThat(item.path("userId").asString()).isEqualTo(person.id());
        assertThat(item.path("name").asString()).isEqualTo("김민수");
        assertThat(item.path("email").asString()).isEqualTo(email);
        assertThat(item.path("phone").asString()).isEqualTo("+821012345678");
        assertThat(item.path("reservations").asLong()).isEqualTo(2);
        assertThat(item.path("seats").asLong()).isEqualTo(3);
        assertThat(item.path("amount").asLong()).isEqualTo(150_000);

        buyers(user(Role.SELLER)).expectStatus().isNotFound();
        buyers(person).expectStatus().isForbidden();
        buyers(user(Role.ADMIN)).expectStatus().isOk();
        http.get()
                .uri("/api/v1/events/{id}/buyers", event.id())
                .exchange()
                .expectStatus()
                .isUnauthorized();
    }

    @Test
    void whoHasLeftIsStillCountedAndNoLongerNamed() {
        TestUser person = account();
        buy(person, seat(1, 1));
        http.delete()
                .uri("/api/v1/users/me")
                .headers(person::authorize)
                .exchange()
                .expectStatus()
                .isNoContent();

        JsonNode item =
                body(buyers(event.seller()).expectStatus().isOk()).path("items").path(0);
        assertThat(item.path("userId").asString()).isEqualTo(person.id());
        assertThat(item.path("seats").asLong()).isEqualTo(1);
        assertThat(item.hasNonNull("name")).isFalse();
        assertThat(item.hasNonNull("email")).isFalse();
    }

    private void buy(TestUser person, String... seats) {
        PayClient pay = new PayClient(http);
        Held held = new HoldClient(http).held(person, event.performanceId(), seats);
        Prepared payment = pay.prepared(person, held.reservationId(), held.paymentToken(), "PORTONE");
        TestSandbox.press(payment.paymentId(), "approve");
        pay.confirmed(person, payment.paymentId());
        pay.await(person, held.reservationId(), booked -> booked.status().equals("CONFIRMED"));
    }

    private ResponseSpec buyers(TestUser caller) {
        return http.get()
                .uri("/api/v1/events/{id}/buyers", event.id())
                .headers(caller::authorize)
                .exchange();
    }

    private TestUser account() {
        String id = body(post(
                                "/api/v1/auth/register",
                                Map.of(
                                        "email",
                                        email,
                                        "password",
                                        PASSWORD,
                                        "name",
                                        "김민수",
                                        "phone",
                                        "010-1234-5678",
                                        "termsVersion",
                                        "2026-01"))
                        .expectStatus()
                        .isCreated())
                .path("id")
                .asString();
        String token = body(post("/api/v1/auth/login", Map.of("email", email, "password", PASSWORD))
                        .expectStatus()
                        .isOk())
                .path("accessToken")
                .asString();
        return new TestUser(id, Role.BUYER, token);
    }

    private ResponseSpec post(String path, Map<String, ?> body) {
        return http.post().uri(path).bodyValue(body).exchange();
    }

    private static JsonNode body(ResponseSpec response) {
        return response.expectBody(JsonNode.class).returnResult().getResponseBody();
    }
}
