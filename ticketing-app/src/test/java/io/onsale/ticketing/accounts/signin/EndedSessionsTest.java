package io.onsale.ticketing.accounts.signin;

import static org.assertj.core.api.Assertions.assertThat;

import io.onsale.platform.Ids;
import io.onsale.ticketing.TicketingTest;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import tools.jackson.databind.JsonNode;

/** What ended is forgotten, what lives stays. */
class EndedSessionsTest extends TicketingTest {
    private static final String PASSWORD = "correct horse battery";

    @Autowired
    private EndedSessions ended;

    private final String email = "someone." + Ids.next() + "@example.com";

    @Test
    void aSessionIsForgottenADayAfterItsEndAndNoSooner() {
        String id = post("/api/v1/auth/register", Map.of("name", "Kim", "termsVersion", "1"), "laptop")
                .expectStatus()
                .isCreated()
                .expectBody(JsonNode.class)
                .returnResult()
                .getResponseBody()
                .path("id")
                .asString();
        String old = login("old");
        login("ended");
        String alive = login("alive");
        endedHoursAgo(id, 25);
        endedHoursAgo(id, 1);

        ended.round().block(Duration.ofSeconds(10));

        assertThat(families(id)).isEqualTo(2);
        refresh(old, "old").expectStatus().isUnauthorized();
        refresh(alive, "alive").expectStatus().isOk();
    }

    /** Ages the oldest session that has not ended. */
    private void endedHoursAgo(String userId, int hours) {
        database.sql("""
                        update accounts.refresh_families set expires_at = now() - %d * interval '1 hour'
                        where id in (select id from accounts.refresh_families where user_id = '%s' and expires_at > now()
                                     order by created_at limit 1)
                        """.formatted(hours, userId)).then().block();
    }

    private long families(String userId) {
        return Objects.requireNonNull(
                database.sql("select count(*) from accounts.refresh_families where user_id = '" + userId + "'")
                        .mapValue(Long.class)
                        .one()
                        .block());
    }

    private String login(String device) {
        return Objects.requireNonNull(post("/api/v1/auth/login", Map.of(), device)
                        .expectStatus()
                        .isOk()
                        .expectBody(JsonNode.class)
                        .returnResult()
                        .getResponseBody())
                .path("refreshToken")
                .asString();
    }

    private ResponseSpec refresh(String token, String device) {
        return http.post()
                .uri("/api/v1/auth/refresh")
                .header(HttpHeaders.USER_AGENT, device)
                .bodyValue(Map.of("refreshToken", token))
                .exchange();
    }

    private ResponseSpec post(String path, Map<String, String> more, String device) {
        var body = new java.util.HashMap<String, String>(Map.of("email", email, "password", PASSWORD));
        body.putAll(more);
        return http.post()
                .uri(path)
                .header(HttpHeaders.USER_AGENT, device)
                .bodyValue(body)
                .exchange();
    }
}
