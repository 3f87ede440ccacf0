package io.onsale.ticketing.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import io.onsale.local.sandbox.SandboxProcess;
import io.onsale.platform.Ids;
import io.onsale.ticketing.TestSandbox;
import io.onsale.ticketing.TicketingTest;
import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import org.springframework.web.reactive.function.BodyInserters;
import org.springframework.web.util.UriComponentsBuilder;

/** Sign-up with CAPTCHA and identity, and log-in at Kakao, Naver and Google, all played by the sandbox over their real HTTP. */
class ProvidersJourneyTest extends TicketingTest {
    private static final String PASSWORD = "correct horse battery";

    private final String email = "someone." + Ids.next() + "@example.com";
    private final String subject = Long.toString(System.nanoTime());

    @DynamicPropertySource
    static void providers(DynamicPropertyRegistry settings) {
        String sandbox = TestSandbox.baseUrl();
        String prefix = "onsale.accounts.providers.";
        settings.add(prefix + "timeout", () -> "1s");
        settings.add(prefix + "captcha.verify-uri", () -> sandbox + "/recaptcha/api/siteverify");
        settings.add(prefix + "captcha.secret", () -> "captcha-secret");
        settings.add(prefix + "identity.base-url", () -> sandbox);
        settings.add(prefix + "identity.api-secret", () -> SandboxProcess.API_SECRET);
        settings.add(prefix + "identity.store-id", () -> SandboxProcess.STORE_ID);
        settings.add(prefix + "social.return-url", () -> "http://shop.example/welcome");
        client(settings, "kakao", "/kauth/oauth/authorize", "/kauth/oauth/token", "/kapi/v2/user/me");
        client(settings, "naver", "/nid/oauth2.0/authorize", "/nid/oauth2.0/token", "/naver/v1/nid/me");
        client(settings, "google", "/google/o/oauth2/v2/auth", "/google/token", "/google/v1/userinfo");
    }

    private static void client(
            DynamicPropertyRegistry settings, String provider, String authorize, String token, String profile) {
        String prefix = "onsale.accounts.providers.social.clients." + provider + ".";
        settings.add(prefix + "client-id", () -> "shop");
        settings.add(prefix + "client-secret", () -> "secret");
        settings.add(prefix + "authorize-uri", () -> TestSandbox.baseUrl() + authorize);
        settings.add(prefix + "token-uri", () -> TestSandbox.baseUrl() + token);
        settings.add(prefix + "profile-uri", () -> TestSandbox.baseUrl() + profile);
    }

    @AfterEach
    void noMoreFaults() {
        sandbox().delete().uri("/faults").exchange().expectStatus().isOk();
    }

    @Test
    void signUpNeedsACaptchaSolvedOnceByAHuman() {
        assertProblem(register(Map.of()), 403, "CAPTCHA_REQUIRED");
        assertProblem(register(Map.of("captchaToken", "robot")), 403, "CAPTCHA_FAILED");
        assertProblem(register(Map.of("captchaToken", "score-0.3-" + subject)), 403, "CAPTCHA_FAILED");
        register(Map.of("captchaToken", "human-" + subject)).expectStatus().isCreated();
        assertProblem(
                register(Map.of("captchaToken", "human-" + subject, "email", "b" + email)), 403, "CAPTCHA_FAILED");
    }

    @Test
    void aCaptchaServiceThatDoesNotAnswerLetsNobodySignUp() {
        fault("TIMEOUT", "captcha.verify");
        assertProblem(register(Map.of("captchaToken", "human-" + subject)), 503, "UNAVAILABLE");
    }

    @Test
    void loginAsksForACaptchaWhenItLooksSuspicious() {
        register(Map.of("captchaToken", "human-" + subject)).expectStatus().isCreated();
        for (int i = 0; i < 3; i++) {
            assertProblem(login("wrong password", null), 401, "BAD_CREDENTIALS");
        }
        assertProblem(login(PASSWORD, null), 403, "CAPTCHA_REQUIRED");
        login(PASSWORD, "human-again-" + subject).expectStatus().isOk();
    }

    @Test
    void onePersonHasOneAccountAndAVerificationCountsOnce() {
        verify("first-" + subject, Map.of("name", "이" + subject));
        registerAs("first-" + subject, email).expectStatus().isCreated();
        assertProblem(registerAs("first-" + subject, "b" + email), 403, "IDENTITY_NOT_VERIFIED");
        verify("second-" + subject, Map.of("name", "이" + subject));
        assertProblem(registerAs("second-" + subject, "c" + email), 409, "IDENTITY_TAKEN");
    }

    @Test
    void unknownFailedAndOldVerificationsAreRefused() {
        assertProblem(registerAs("unknown-" + subject, email), 403, "IDENTITY_NOT_VERIFIED");
        verify(
                "old-" + subject,
                Map.of("verifiedAt", Instant.now().minusSeconds(3600).toString()));
        assertProblem(registerAs("old-" + subject, email), 403, "IDENTITY_NOT_VERIFIED");
        sandbox()
                .post()
                .uri("/identity-window/failed-" + subject + "/decline")
                .exchange()
                .expectStatus()
                .isOk();
        assertProblem(registerAs("failed-" + subject, email), 403, "IDENTITY_NOT_VERIFIED");
        fault("ERROR_500", "portone.identity");
        assertProblem(registerAs("any-" + subject, email), 503, "UNAVAILABLE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"kakao", "naver", "google"})
    void logInElsewhereAndComeBackAsTheSamePerson(String provider) {
        String first = swap(comeBack(leave(provider), Map.of("verified", "true")));
        String second = swap(comeBack(leave(provider), Map.of("verified", "true")));
        assertThat(me(second)).containsEntry("id", me(first).get("id")).containsEntry("role", "BUYER");
        assertThat(me(first).get("email")).isEqualTo(provider.equals("naver") ? null : email);
    }

    @Test
    void anUnverifiedAddressNeitherLinksNorTakesAnAccount() {
        register(Map.of("captchaToken", "human-" + subject)).expectStatus().isCreated();
        Map<String, Object> stranger = me(swap(comeBack(leave("google"), Map.of("verified", "false"))));
        assertThat(stranger.get("email")).isNull();
    }

    @Test
    void anAccountWhoseAddressWeNeverVerifiedIsNotHandedOver() {
        register(Map.of("captchaToken", "human-" + subject)).expectStatus().isCreated();
        assertThat(comeBack(leave("kakao"), Map.of("verified", "true")).getQuery())
                .isEqualTo("error=SOCIAL_EMAIL_TAKEN");
    }

    @Test
    void refusalsForgedStatesAndOtherBrowsersEndAtThePageWithAnError() {
        assertThat(comeBack(leave("kakao"), Map.of("deny", "true")).getQuery()).isEqualTo("error=SOCIAL_DENIED");
        Left left = leave("google");
        URI callback = grant(left, Map.of("verified", "true"));
        assertThat(follow(callback, "").getQuery()).isEqualTo("error=SOCIAL_DENIED");
        assertThat(follow(callback, leave("google").cookie()).getQuery()).isEqualTo("error=SOCIAL_DENIED");
        assertThat(follow(callback, leave("kakao").cookie()).getQuery()).isEqualTo("error=SOCIAL_DENIED");
        assertThat(follow(callback, left.cookie()).getQuery()).startsWith("code=");
        assertThat(follow(callback, left.cookie()).getQuery()).isEqualTo("error=SOCIAL_DENIED");
        fault("ERROR_500", "google.token");
        assertThat(comeBack(leave("google"), Map.of("verified", "true")).getQuery())
                .isEqualTo("error=UNAVAILABLE");
    }

    @Test
    void theOneTimeCodeIsGoodOnce() {
        URI page = comeBack(leave("kakao"), Map.of("verified", "true"));
        swap(page);
        assertProblem(swapping(page), 401, "CODE_INVALID");
        assertProblem(http.get().uri("/api/v1/auth/oauth2/facebook").exchange(), 404, "NOT_FOUND");
    }

    private Left leave(String provider) {
        HttpHeaders headers = http.get()
                .uri("/api/v1/auth/oauth2/" + provider)
                .exchange()
                .expectStatus()
                .isFound()
                .expectBody()
                .returnResult()
                .getResponseHeaders();
        String cookie = Objects.requireNonNull(headers.getFirst(HttpHeaders.SET_COOKIE));
        assertThat(cookie).contains("HttpOnly", "SameSite=Lax");
        return new Left(
                Objects.requireNonNull(headers.getLocation()),
                cookie.split(";", 2)[0].split("=", 2)[1]);
    }

    private URI comeBack(Left left, Map<String, String> person) {
        return follow(grant(left, person), left.cookie());
    }

    private URI grant(Left left, Map<String, String> person) {
        var form = BodyInserters.fromFormData("subject", subject)
                .with("email", email)
                .with("name", "김민수");
        person.forEach(form::with);
        return Objects.requireNonNull(sandbox()
                .post()
                .uri(left.location())
                .body(form)
                .exchange()
                .expectStatus()
                .isEqualTo(303)
                .expectBody()
                .returnResult()
                .getResponseHeaders()
                .getLocation());
    }

    private URI follow(URI callback, String cookie) {
        return Objects.requireNonNull(http.get()
                .uri(URI.create("http://127.0.0.1:" + port + callback.getRawPath() + "?" + callback.getRawQuery()))
                .cookie("onsale_oauth2", cookie)
                .exchange()
                .expectStatus()
                .isFound()
                .expectBody()
                .returnResult()
                .getResponseHeaders()
                .getLocation());
    }

    private ResponseSpec swapping(URI page) {
        String code =
                UriComponentsBuilder.fromUri(page).build().getQueryParams().getFirst("code");
        assertThat(page.toString()).startsWith("http://shop.example/welcome?code=");
        return http.post()
                .uri("/api/v1/auth/oauth2/token")
                .bodyValue(Map.of("code", Objects.requireNonNull(code)))
                .exchange();
    }

    private String swap(URI page) {
        return (String) body(swapping(page).expectStatus().isOk()).get("accessToken");
    }

    private Map<String, Object> me(String accessToken) {
        return body(http.get()
                .uri("/api/v1/users/me")
                .headers(headers -> headers.setBearerAuth(accessToken))
                .exchange()
                .expectStatus()
                .isOk());
    }

    private ResponseSpec registerAs(String verification, String address) {
        return register(Map.of(
                "captchaToken", "human-" + Ids.next(), "identityVerificationId", verification, "email", address));
    }

    private ResponseSpec register(Map<String, String> more) {
        Map<String, String> form =
                new HashMap<>(Map.of("email", email, "password", PASSWORD, "name", "김민수", "termsVersion", "2026-01"));
        form.putAll(more);
        return http.post().uri("/api/v1/auth/register").bodyValue(form).exchange();
    }

    private ResponseSpec login(String password, @Nullable String captcha) {
        Map<String, String> form = new HashMap<>(Map.of("email", email, "password", password));
        if (captcha != null) {
            form.put("captchaToken", captcha);
        }
        return http.post().uri("/api/v1/auth/login").bodyValue(form).exchange();
    }

    private static void verify(String id, Map<String, String> person) {
        var form = BodyInserters.fromFormData("phoneNumber", "01012345678");
        person.forEach(form::with);
        sandbox()
                .post()
                .uri("/identity-window/" + id + "/approve")
                .body(form)
                .exchange()
                .expectStatus()
                .isOk();
    }

    private static void fault(String kind, String operation) {
        sandbox()
                .post()
                .uri("/faults")
                .bodyValue(Map.of("kind", kind, "operation", operation))
                .exchange()
                .expectStatus()
                .isCreated();
    }

    private static WebTestClient sandbox() {
        return WebTestClient.bindToServer().baseUrl(TestSandbox.baseUrl()).build();
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

    private record Left(URI location, String cookie) {}
}
