package io.onsale.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.jsonwebtoken.Claims;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.security.Jwk;
import io.jsonwebtoken.security.Jwks;
import io.onsale.platform.tokens.Role;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.test.web.reactive.server.WebTestClient;
import reactor.test.StepVerifier;

/** From entering the line to the pass, over HTTP. */
class JourneyTest extends RunningQueue {
    private static final Duration SOON = Duration.ofSeconds(10);

    @Test
    void aBuyerEntersIsAdmittedAndGetsTheSamePassHoweverOftenAsked() {
        onSale(Map.of());
        pause();
        Answer entered = enter("buyer");
        assertThat(entered.state()).isEqualTo("WAITING");
        assertThat(entered.position()).isEqualTo(1);
        assertThat(entered.placeToken()).isNotEmpty();
        assertThat(entered.pollAfterMillis()).isGreaterThanOrEqualTo(2_000);
        assertThat(enter("buyer").position()).as("the same place").isEqualTo(1);

        control(Map.of("state", "OPEN"));
        Answer admitted = awaitAdmission("buyer");
        assertThat(status("buyer").pass()).isEqualTo(admitted.pass());
        assertThat(enter("buyer").pass()).isEqualTo(admitted.pass());
        Claims pass = verified(admitted.pass());
        assertThat(pass.getSubject()).isEqualTo(user("buyer"));
        assertThat(pass.get("event")).isEqualTo(eventId);
        assertThat(pass.getAudience()).containsExactly("onsale-hold");
        assertThat(pass.getId()).matches(eventId + ":\\d+:1");
    }

    @Test
    void placesAreInOrderOfArrivalAndLeavingMovesOthersUp() {
        onSale(Map.of());
        pause();
        assertThat(enter("first").ahead()).isEqualTo(0);
        assertThat(enter("second").ahead()).isEqualTo(1);
        assertThat(enter("third").ahead()).isEqualTo(2);
        as("second")
                .delete()
                .uri("/api/v1/queue/leave?eventId={id}", eventId)
                .exchange()
                .expectStatus()
                .isNoContent();
        assertThat(status("third").ahead()).isEqualTo(1);
        problem(as("second").get().uri("/api/v1/queue/status?eventId={id}", eventId), 404, "NOT_IN_LINE");
        assertThat(enter("second").ahead()).as("at the end").isEqualTo(2);
    }

    @Test
    void anAccountWaitsInOneLineAtATime() {
        onSale(Map.of());
        pause();
        enter("buyer");
        String first = eventId;
        freshEvent();
        onSale(Map.of());
        as("buyer")
                .post()
                .uri("/api/v1/queue/enter")
                .bodyValue(Map.of("eventId", eventId))
                .exchange()
                .expectStatus()
                .isEqualTo(409)
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("ALREADY_WAITING_ELSEWHERE")
                .jsonPath("$.eventId")
                .isEqualTo(first);
        as("buyer")
                .delete()
                .uri("/api/v1/queue/leave?eventId={id}", first)
                .exchange()
                .expectStatus()
                .isNoContent();
        assertThat(enter("buyer").eventId()).isEqualTo(eventId);
    }

    @Test
    void aFullLineRefusesWithARetryTimeAndKeepsNoClaim() {
        onSale(Map.of("capacity", 1));
        pause();
        enter("first");
        as("second")
                .post()
                .uri("/api/v1/queue/enter")
                .bodyValue(Map.of("eventId", eventId))
                .exchange()
                .expectStatus()
                .isEqualTo(503)
                .expectHeader()
                .exists("Retry-After")
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("LINE_FULL");
        freshEvent();
        onSale(Map.of());
        assertThat(enter("second").eventId()).isEqualTo(eventId);
    }

    @Test
    void theStreamTellsPositionAndLineAndEndsWithThePass() {
        onSale(Map.of());
        pause();
        enter("first");
        enter("second");
        var events = as("second")
                .get()
                .uri("/api/v1/queue/stream?eventId={id}", eventId)
                .accept(MediaType.TEXT_EVENT_STREAM)
                .exchange()
                .expectStatus()
                .isOk()
                .returnResult(new ParameterizedTypeReference<ServerSentEvent<Map<String, Object>>>() {})
                .getResponseBody()
                .filter(event -> event.event() != null && !event.event().equals("line"));
        AtomicReference<String> pass = new AtomicReference<>();
        StepVerifier.create(events)
                .assertNext(event -> {
                    assertThat(event.event()).isEqualTo("position");
                    assertThat(event.data()).containsEntry("ahead", 1);
                })
                .then(() -> control(Map.of("state", "OPEN")))
                .thenConsumeWhile(event -> event.event().equals("position"))
                .assertNext(event -> {
                    assertThat(event.event()).isEqualTo("admitted");
                    pass.set((String) event.data().get("pass"));
                })
                .expectComplete()
                .verify(SOON);
        assertThat(verified(pass.get()).getSubject()).isEqualTo(user("second"));
    }

    @Test
    void aTicketOpensTheStreamOfItsPlaceAndNothingElse() {
        onSale(Map.of());
        pause();
        enter("buyer");
        String ticket = (String) as("buyer")
                .post()
                .uri("/api/v1/queue/stream-ticket")
                .bodyValue(Map.of("eventId", eventId))
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(Map.class)
                .returnResult()
                .getResponseBody()
                .get("ticket");
        var anonymous =
                WebTestClient.bindToServer().baseUrl("http://127.0.0.1:" + port).build();
        String url = "/api/v1/queue/stream?eventId={id}&ticket={ticket}";
        StepVerifier.create(anonymous
                        .get()
                        .uri(url, eventId, ticket)
                        .exchange()
                        .expectStatus()
                        .isOk()
                        .returnResult(new ParameterizedTypeReference<ServerSentEvent<String>>() {})
                        .getResponseBody()
                        .filter(event -> "position".equals(event.event()))
                        .take(1))
                .expectNextCount(1)
                .expectComplete()
                .verify(SOON);
        problem(anonymous.get().uri(url, "another-event", ticket), 401, "TOKEN_INVALID");
        problem(anonymous.get().uri(url, eventId, ticket.replace(ticket.charAt(5), '_')), 401, "TOKEN_INVALID");
        problem(anonymous.get().uri("/api/v1/queue/stream?eventId={id}", eventId), 401, "TOKEN_MISSING");
    }

    @Test
    void operatorsSeeAndChangeTheirOwnLinesOnly() {
        onSale(Map.of());
        pause();
        enter("buyer");
        Map<?, ?> stats = control(Map.of("ratePerSecond", 0.5, "capacity", 7, "notice", "Doors at six"));
        assertThat(stats.get("waiting")).isEqualTo(1);
        assertThat(stats.get("ratePerSecond")).isEqualTo(0.5);
        assertThat(stats.get("capacity")).isEqualTo(7);
        assertThat(stats.get("state")).isEqualTo("PAUSED");
        problem(
                as("seller-2", Role.SELLER).get().uri("/api/v1/queue/admin/stats?eventId={id}", eventId),
                404,
                "NOT_FOUND");
        problem(as("buyer").get().uri("/api/v1/queue/admin/stats?eventId={id}", eventId), 403, "FORBIDDEN");
    }

    @Test
    void aLineIsClearedOnlyWhenMeantAndADrainedOneTakesNobodyNew() {
        onSale(Map.of());
        pause();
        enter("buyer");
        var seller = as("seller-1", Role.SELLER);
        String clear = "/api/v1/queue/admin/{id}/clear";
        problem(seller.post().uri(clear, eventId).bodyValue(Map.of("confirm", "yes")), 400, "VALIDATION_FAILED");
        assertThat(status("buyer").state()).isEqualTo("WAITING");
        seller.post()
                .uri(clear, eventId)
                .bodyValue(Map.of("confirm", eventId))
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.waiting")
                .isEqualTo(0);
        problem(as("buyer").get().uri("/api/v1/queue/status?eventId={id}", eventId), 404, "NOT_IN_LINE");
        control(Map.of("state", "DRAINING"));
        problem(as("late").post().uri("/api/v1/queue/enter").bodyValue(Map.of("eventId", eventId)), 409, "SALE_CLOSED");
    }

    @Test
    void badInputIsAProblemAndNeverAFault() {
        for (Map<String, Object> body : List.<Map<String, Object>>of(
                Map.of(),
                Map.of("eventId", ""),
                Map.of("eventId", List.of()),
                Map.of("eventId", eventId, "position", 1))) {
            as("buyer")
                    .post()
                    .uri("/api/v1/queue/enter")
                    .bodyValue(body)
                    .exchange()
                    .expectStatus()
                    .isBadRequest()
                    .expectBody()
                    .jsonPath("$.code")
                    .isEqualTo("VALIDATION_FAILED");
        }
        problem(as("buyer").get().uri("/api/v1/queue/status"), 400, "VALIDATION_FAILED");
        problem(as("buyer").get().uri("/api/v1/queue/status?eventId={id}", "{x}:*"), 404, "EVENT_NOT_FOUND");
    }

    private Answer awaitAdmission(String userId) {
        await(() -> status(userId).state().equals("ADMITTED"));
        return status(userId);
    }

    private void pause() {
        control(Map.of("state", "PAUSED"));
    }

    private static void problem(WebTestClient.RequestHeadersSpec<?> request, int status, String code) {
        request.exchange()
                .expectStatus()
                .isEqualTo(status)
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo(code);
    }

    private Claims verified(String pass) {
        byte[] jwks = as("anyone")
                .get()
                .uri("/.well-known/jwks.json")
                .exchange()
                .expectBody()
                .returnResult()
                .getResponseBody();
        Jwk<?> key = Jwks.setParser()
                .build()
                .parse(new String(jwks, StandardCharsets.UTF_8))
                .getKeys()
                .iterator()
                .next();
        return Jwts.parser()
                .verifyWith((PublicKey) key.toKey())
                .build()
                .parseSignedClaims(pass)
                .getPayload();
    }
}
