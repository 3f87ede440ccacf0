package io.onsale.ticketing.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.onsale.platform.Ids;
import io.onsale.platform.redis.Redis;
import io.onsale.platform.tokens.Role;
import io.onsale.ticketing.TicketingTest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Sign up, log in, renew, change, leave: as a browser does it. */
class AccountsJourneyTest extends TicketingTest {
    private static final String PASSWORD = "correct horse battery";

    @Autowired
    private Redis redis;

    private final String email = "Someone." + Ids.next() + "@Example.com";

    @Test
    void aBuyerSignsUpLogsInChangesTheProfileAndLeaves() {
        register(Map.of("phone", "010-1234-5678"))
                .expectStatus()
                .isCreated()
                .expectBody()
                .jsonPath("$.id")
                .isNotEmpty()
                .jsonPath("$.email")
                .isEqualTo(email.toLowerCase(Locale.ROOT))
                .jsonPath("$.role")
                .isEqualTo("BUYER");
        Tokens tokens = login("phone");

        me(HttpMethod.GET, tokens, null)
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.name")
                .isEqualTo("김민수")
                .jsonPath("$.phone")
                .isEqualTo("+821012345678");
        me(HttpMethod.PATCH, tokens, Map.of("name", "김민지"))
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.name")
                .isEqualTo("김민지")
                .jsonPath("$.phone")
                .isEqualTo("+821012345678");
        me(HttpMethod.PUT, tokens, Map.of("name", "Kim"))
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.name")
                .isEqualTo("Kim")
                .jsonPath("$.phone")
                .doesNotExist();
        call(HttpMethod.GET, "/api/v1/users/me/logins", tokens, null)
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.totalElements")
                .isEqualTo(1)
                .jsonPath("$.items[0].method")
                .isEqualTo("PASSWORD")
                .jsonPath("$.items[0].userAgent")
                .isEqualTo("phone");

        me(HttpMethod.DELETE, tokens, null).expectStatus().isNoContent();
        me(HttpMethod.GET, tokens, null).expectStatus().isNotFound();
        assertProblem(tryLogin(PASSWORD), 401, "BAD_CREDENTIALS");
        assertProblem(refresh(tokens.refreshToken(), "phone"), 401, "REFRESH_INVALID");
        register(Map.of()).expectStatus().isCreated();
    }

    @Test
    void oneAddressHasOneAccountHoweverItIsSpelled() {
        register(Map.of()).expectStatus().isCreated();
        assertProblem(register(Map.of("email", email.toUpperCase(Locale.ROOT))), 409, "EMAIL_TAKEN");
    }

    @Test
    void unknownAddressAndWrongPasswordLookAlike() {
        register(Map.of()).expectStatus().isCreated();
        assertProblem(tryLogin("wrong password"), 401, "BAD_CREDENTIALS");
        assertProblem(
                post("/api/v1/auth/login", Map.of("email", "nobody@example.com", "password", PASSWORD), "x"),
                401,
                "BAD_CREDENTIALS");
    }

    @Test
    void theEleventhLoginInAMinuteIsRefusedWithoutLookingAtThePassword() {
        register(Map.of()).expectStatus().isCreated();
        for (int i = 0; i < 10; i++) {
            assertProblem(tryLogin("wrong password"), 401, "BAD_CREDENTIALS");
        }
        assertProblem(tryLogin(PASSWORD).expectHeader().exists(HttpHeaders.RETRY_AFTER), 429, "RATE_LIMITED");
    }

    @Test
    void refreshTokensRotateAndALostAnswerIsRepeatedForTheSameDevice() {
        register(Map.of()).expectStatus().isCreated();
        Tokens first = login("laptop");
        Tokens second = tokens(refresh(first.refreshToken(), "laptop"));
        assertThat(second.refreshToken()).isNotEqualTo(first.refreshToken());
        Tokens again = tokens(refresh(first.refreshToken(), "laptop"));
        assertThat(again.refreshToken()).isEqualTo(second.refreshToken());
        me(HttpMethod.GET, again, null).expectStatus().isOk();
    }

    @Test
    void aUsedRefreshTokenFromAnotherDeviceEndsTheFamilyAndNoOther() {
        register(Map.of()).expectStatus().isCreated();
        Tokens laptop = login("laptop");
        Tokens phone = login("phone");
        Tokens next = tokens(refresh(laptop.refreshToken(), "laptop"));

        assertProblem(refresh(laptop.refreshToken(), "thief"), 401, "REFRESH_REUSED");
        assertProblem(refresh(next.refreshToken(), "laptop"), 401, "REFRESH_INVALID");
        tokens(refresh(phone.refreshToken(), "phone"));
    }

    @Test
    void logoutEndsTheFamilyAndMarksTheAccessToken() {
        register(Map.of()).expectStatus().isCreated();
        Tokens tokens = login("laptop");
        call(HttpMethod.POST, "/api/v1/auth/logout", tokens, Map.of("refreshToken", tokens.refreshToken()))
                .expectStatus()
                .isNoContent();
        assertProblem(refresh(tokens.refreshToken(), "laptop"), 401, "REFRESH_INVALID");
        String tokenId = Objects.requireNonNull(claims(tokens).path("jti").asString());
        assertThat(ended(tokens, tokenId)).isEqualTo("1");
    }

    /** As the edge reads it. */
    private String ended(Tokens tokens, String what) {
        String user = claims(tokens).path("sub").asString();
        return redis.run(command -> command.hget("tokens:ended:{" + user + "}", what))
                .blockOptional(Duration.ofSeconds(5))
                .orElseThrow();
    }

    private static JsonNode claims(Tokens tokens) {
        String payload = tokens.accessToken().split("\\.", -1)[1];
        return JsonMapper.shared().readTree(Base64.getUrlDecoder().decode(payload));
    }

    @Test
    void aNewPasswordEndsEverySession() {
        register(Map.of()).expectStatus().isCreated();
        Tokens tokens = login("laptop");
        String path = "/api/v1/users/me/password";
        assertProblem(
                call(HttpMethod.PUT, path, tokens, Map.of("currentPassword", "no", "newPassword", "another good one")),
                403,
                "PASSWORD_WRONG");
        assertProblem(
                call(HttpMethod.PUT, path, tokens, Map.of("currentPassword", PASSWORD, "newPassword", "12345678")),
                400,
                "VALIDATION_FAILED");
        call(HttpMethod.PUT, path, tokens, Map.of("currentPassword", PASSWORD, "newPassword", "another good one"))
                .expectStatus()
                .isNoContent();
        assertProblem(refresh(tokens.refreshToken(), "laptop"), 401, "REFRESH_INVALID");
        assertThat(Long.parseLong(ended(tokens, "*")))
                .as("what the edge reads: everything issued until now is over")
                .isCloseTo(System.currentTimeMillis(), within(10_000L));
        assertProblem(tryLogin(PASSWORD), 401, "BAD_CREDENTIALS");
        tryLogin("another good one").expectStatus().isOk();
    }

    @Test
    void onlyAnAdministratorGrantsRolesAndNobodyTakesOneAtSignUp() {
        assertProblem(register(Map.of("role", "ADMIN")), 400, "VALIDATION_FAILED");
        register(Map.of()).expectStatus().isCreated();
        Tokens tokens = login("laptop");
        String id = (String) body(me(HttpMethod.GET, tokens, null)).get("id");
        String path = "/api/v1/admin/users/" + id + "/role";

        assertProblem(call(HttpMethod.PUT, path, tokens, Map.of("role", "ADMIN")), 403, "FORBIDDEN");
        Tokens admin = new Tokens(user(Role.ADMIN).token(), "");
        assertProblem(call(HttpMethod.PUT, path, admin, Map.of("role", "KING")), 400, "VALIDATION_FAILED");
        assertProblem(
                call(HttpMethod.PUT, "/api/v1/admin/users/not-an-id/role", admin, Map.of("role", "SELLER")),
                404,
                "NOT_FOUND");
        call(HttpMethod.PUT, path, admin, Map.of("role", "SELLER"))
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.role")
                .isEqualTo("SELLER");
        Tokens renewed = tokens(refresh(tokens.refreshToken(), "laptop"));
        me(HttpMethod.GET, renewed, null).expectBody().jsonPath("$.role").isEqualTo("SELLER");
    }

    @Test
    void personalColumnsAreCiphertext() {
        register(Map.of("phone", "010-1234-5678")).expectStatus().isCreated();
        List<byte[]> columns = database.sql(
                        "select email || coalesce(phone, '') as c from accounts.users where email is not null")
                .mapValue(byte[].class)
                .all()
                .collectList()
                .block();
        assertThat(columns)
                .isNotEmpty()
                .allSatisfy(column -> assertThat(new String(column, StandardCharsets.ISO_8859_1))
                        .doesNotContainIgnoringCase("example")
                        .doesNotContain("123456"));
    }

    private ResponseSpec register(Map<String, Object> more) {
        Map<String, Object> form =
                new HashMap<>(Map.of("email", email, "password", PASSWORD, "name", "김민수", "termsVersion", "2026-01"));
        form.putAll(more);
        return post("/api/v1/auth/register", form, "browser");
    }

    private Tokens login(String device) {
        return tokens(post("/api/v1/auth/login", Map.of("email", email, "password", PASSWORD), device));
    }

    private ResponseSpec tryLogin(String password) {
        return post("/api/v1/auth/login", Map.of("email", email, "password", password), "browser");
    }

    private ResponseSpec refresh(String token, String device) {
        return post("/api/v1/auth/refresh", Map.of("refreshToken", token), device);
    }

    private ResponseSpec post(String path, Map<String, Object> body, String device) {
        return http.post()
                .uri(path)
                .header(HttpHeaders.USER_AGENT, device)
                .bodyValue(body)
                .exchange();
    }

    private ResponseSpec me(HttpMethod method, Tokens tokens, @Nullable Object body) {
        return call(method, "/api/v1/users/me", tokens, body);
    }

    private ResponseSpec call(HttpMethod method, String path, Tokens tokens, @Nullable Object body) {
        var request = http.method(method).uri(path).headers(headers -> headers.setBearerAuth(tokens.accessToken()));
        return body == null ? request.exchange() : request.bodyValue(body).exchange();
    }

    private static Tokens tokens(ResponseSpec response) {
        Map<String, Object> body = body(response.expectStatus().isOk());
        assertThat(body).containsEntry("tokenType", "Bearer").containsEntry("expiresIn", 3600);
        return new Tokens((String) body.get("accessToken"), (String) body.get("refreshToken"));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> body(ResponseSpec response) {
        return Objects.requireNonNull(
                response.expectBody(Map.class).returnResult().getResponseBody());
    }

    private static void assertProblem(ResponseSpec response, int status, String code) {
        response.expectStatus()
                .isEqualTo(status)
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo(code);
    }

    private record Tokens(String accessToken, String refreshToken) {}
}
