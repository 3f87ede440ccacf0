package io.onsale.ticketing.checkout;

import io.onsale.platform.tokens.Role;
import io.onsale.ticketing.TestEvents.Plan;
import io.onsale.ticketing.TestEvents.TestEvent;
import io.onsale.ticketing.TicketingTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

/** What a seller says about refunds, and what operators see of messages that could not be handled. */
class EventMoneyTest extends TicketingTest {
    private static final Map<String, Object> POLICY = Map.of(
            "grades",
            List.of(Map.of("daysLeft", 1, "percent", 50, "atMostPerTicket", 0)),
            "freeDays",
            0,
            "freeWhileDaysLeft",
            0,
            "cutOff",
            "12:00",
            "saturdayCutOff",
            "11:00");

    private ResponseSpec call(HttpMethod method, String path, TestUser user, Object body) {
        return http.method(method)
                .uri(path)
                .headers(user::authorize)
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(body)
                .exchange();
    }

    private ResponseSpec call(HttpMethod method, String path, TestUser user) {
        return http.method(method).uri(path).headers(user::authorize).exchange();
    }

    @Test
    void aSellerSetsThePolicyAndEverybodyReadsIt() {
        TestEvent event = events().create(Plan.simple());
        TestUser seller = event.seller();
        String path = "/api/v1/events/" + event.id() + "/refund-policy";
        http.get()
                .uri(path)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.version")
                .isEqualTo(0);
        call(HttpMethod.PUT, path, seller, POLICY)
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.version")
                .isEqualTo(1);
        http.get()
                .uri(path)
                .exchange()
                .expectBody()
                .jsonPath("$.policy.grades[0].percent")
                .isEqualTo(50);
        call(HttpMethod.PUT, path, user(Role.SELLER), POLICY).expectStatus().isNotFound();
        call(HttpMethod.PUT, path, buyer(), POLICY).expectStatus().isForbidden();
        call(HttpMethod.PUT, path, seller, Map.of()).expectStatus().isBadRequest();
        http.get()
                .uri("/api/v1/events/none/refund-policy")
                .exchange()
                .expectStatus()
                .isNotFound();
    }

    @Test
    void aCancelledEventTellsHowFarItsRefundsAre() {
        TestEvent event = events().create(Plan.simple());
        String path = "/api/v1/events/" + event.id() + "/cancellation";
        call(HttpMethod.GET, path, event.seller())
                .expectStatus()
                .isNotFound()
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("NOT_CANCELLED");
        call(HttpMethod.GET, path, user(Role.SELLER)).expectStatus().isNotFound();
    }

    @Test
    void parkedMessagesAreForAdministrators() {
        String path = "/api/v1/admin/parked-messages";
        TestUser admin = user(Role.ADMIN);
        call(HttpMethod.GET, path, admin)
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.items")
                .isArray();
        call(HttpMethod.GET, path, user(Role.SELLER)).expectStatus().isForbidden();
        call(HttpMethod.POST, path + "/replay", admin)
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.applied")
                .isNumber();
        call(HttpMethod.DELETE, path + "/9999999999", admin).expectStatus().isNotFound();
        call(HttpMethod.DELETE, path + "/x", admin).expectStatus().isBadRequest();
    }
}
