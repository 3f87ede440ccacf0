package io.onsale.ticketing.accounts.signin;

import static org.assertj.core.api.Assertions.assertThat;

import io.onsale.platform.Ids;
import io.onsale.ticketing.TicketingTest;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import tools.jackson.databind.JsonNode;

/** An account sleeps after a year that nobody came, not before its owner was told, and wakes with a login. */
class DormancyTest extends TicketingTest {
    private static final String PASSWORD = "correct horse battery";

    @Autowired
    private Dormancy dormancy;

    private final String email = "someone." + Ids.next() + "@example.com";

    @Test
    void theOwnerIsToldAMonthBeforeAndTheAccountSleepsAfterAYearAndWakesAtTheNextLogin() {
        String id = register();
        lastSeen(id, 334);
        round();
        assertThat(letters(id)).isZero();

        lastSeen(id, 336);
        round();
        round();
        assertThat(letters(id)).as("told once").isEqualTo(1);
        assertThat(status(id)).isEqualTo("ACTIVE");

        lastSeen(id, 366);
        round();
        assertThat(status(id)).as("told today, not a month ago").isEqualTo("ACTIVE");
        toldDaysAgo(id, 31);
        round();
        assertThat(status(id)).isEqualTo("DORMANT");

        login().expectStatus().isOk();
        assertThat(status(id)).isEqualTo("ACTIVE");
        lastSeenIs("interval '0'", id);
    }

    @Test
    void whoRenewsItsSessionIsThereThoughItNeverLogsInAgain() {
        String id = register();
        String token = body(login().expectStatus().isOk()).path("refreshToken").asString();
        lastSeen(id, 366);
        toldDaysAgo(id, 31);
        http.post()
                .uri("/api/v1/auth/refresh")
                .bodyValue(Map.of("refreshToken", token))
                .exchange()
                .expectStatus()
                .isOk();
        round();
        assertThat(status(id)).isEqualTo("ACTIVE");
        assertThat(letters(id)).isZero();
    }

    private void round() {
        dormancy.round().block(Duration.ofSeconds(10));
    }

    private void lastSeen(String id, int daysAgo) {
        update("last_active_at = now() - " + daysAgo + " * interval '1 day'", id);
    }

    private void toldDaysAgo(String id, int days) {
        update("dormancy_told_at = now() - " + days + " * interval '1 day'", id);
    }

    private void update(String change, String id) {
        database.sql("update accounts.users set " + change + " where id = '" + id + "'")
                .then()
                .block();
    }

    private void lastSeenIs(String ago, String id) {
        assertThat(database.sql("select last_active_at > now() - interval '1 minute' - " + ago
                                + " and dormancy_told_at is null from accounts.users where id = '" + id + "'")
                        .mapValue(Boolean.class)
                        .one()
                        .block())
                .isTrue();
    }

    private String status(String id) {
        return Objects.requireNonNull(database.sql("select status from accounts.users where id = '" + id + "'")
                .mapValue(String.class)
                .one()
                .block());
    }

    private long letters(String id) {
        return Objects.requireNonNull(database.sql(
                        "select count(*) from accounts.mails where kind = 'DORMANT_SOON' and user_id = '" + id + "'")
                .mapValue(Long.class)
                .one()
                .block());
    }

    private String register() {
        return body(http.post()
                        .uri("/api/v1/auth/register")
                        .bodyValue(Map.of("email", email, "password", PASSWORD, "name", "Kim", "termsVersion", "1"))
                        .exchange()
                        .expectStatus()
                        .isCreated())
                .path("id")
                .asString();
    }

    private ResponseSpec login() {
        return http.post()
                .uri("/api/v1/auth/login")
                .bodyValue(Map.of("email", email, "password", PASSWORD))
                .exchange();
    }

    private static JsonNode body(ResponseSpec response) {
        return Objects.requireNonNull(
                response.expectBody(JsonNode.class).returnResult().getResponseBody());
    }
}
