package io.onsale.ticketing.accounts;

import static io.onsale.ticketing.accounts.MailedPeople.Mail.about;
import static io.onsale.ticketing.accounts.MailedPeople.await;
import static io.onsale.ticketing.accounts.MailedPeople.awaitCount;
import static io.onsale.ticketing.accounts.MailedPeople.mails;
import static io.onsale.ticketing.accounts.MailedPeople.pause;
import static org.assertj.core.api.Assertions.assertThat;

import io.onsale.platform.Ids;
import io.onsale.ticketing.TestSandbox;
import io.onsale.ticketing.TicketingTest;
import io.onsale.ticketing.accounts.MailedPeople.Mail;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.http.HttpHeaders;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import org.springframework.web.reactive.function.BodyInserters;
import tools.jackson.databind.JsonNode;

/** Verify the address, forget the password, choose a new one: with the links that real SMTP brought. */
@ExtendWith(OutputCaptureExtension.class)
class MailJourneyTest extends TicketingTest {
    private static final String PASSWORD = "correct horse battery";
    private static final String NEXT = "another good one";
    private static final String VERIFY = "Please confirm your e-mail address";
    private static final String RESET = "Choose a new password";
    private static final String CHANGED = "Your password was changed";

    private final String email = "someone." + Ids.next() + "@example.com";

    @Test
    void signUpMailsALinkThatVerifiesTheAddressOnce(CapturedOutput logs) {
        register(Map.of());
        String access = login(PASSWORD).path("accessToken").asString();
        assertThat(me(access).path("emailVerified").asBoolean()).isFalse();

        String token = await(email, about(VERIFY)).token();
        confirm(token).expectStatus().isNoContent();
        assertThat(me(access).path("emailVerified").asBoolean()).isTrue();
        assertProblem(confirm(token), 400, "LINK_INVALID");

        askForVerification(access).expectStatus().isAccepted();
        pause(Duration.ofSeconds(1));
        assertThat(mails(email)).hasSize(1);
        assertThat(logs.getAll()).doesNotContain(token, email);
    }

    @Test
    void lettersAreInTheLanguageOfTheirReader() {
        register(Map.of(), "ko-KR,ko;q=0.9");
        assertThat(await(email, about("이메일 주소를 확인해 주세요")).text()).contains("24시간", "/verify-email#token=");
    }

    @Test
    void anotherLinkCanBeAskedForNotWithoutEndAndAnyOfThemWorks() {
        register(Map.of());
        String access = login(PASSWORD).path("accessToken").asString();
        for (int i = 0; i < 5; i++) {
            askForVerification(access).expectStatus().isAccepted();
        }
        assertProblem(askForVerification(access).expectHeader().exists(HttpHeaders.RETRY_AFTER), 429, "RATE_LIMITED");
        List<Mail> all = awaitCount(email, 6, about(VERIFY));
        confirm(all.get(3).token()).expectStatus().isNoContent();
        assertProblem(confirm(all.get(0).token()), 400, "LINK_INVALID");
    }

    @Test
    void aForgottenPasswordIsReplacedByAMailedLinkOnce(CapturedOutput logs) {
        register(Map.of());
        JsonNode session = login(PASSWORD);
        ask(email).expectStatus().isAccepted();
        ask(email).expectStatus().isAccepted();
        List<Mail> links = awaitCount(email, 2, about(RESET));
        String token = links.get(0).token();

        assertProblem(reset(token, "12345678"), 400, "VALIDATION_FAILED");
        reset(token, NEXT).expectStatus().isNoContent();

        assertProblem(refresh(session), 401, "REFRESH_INVALID");
        assertProblem(tryLogin(PASSWORD), 401, "BAD_CREDENTIALS");
        assertThat(me(login(NEXT).path("accessToken").asString())
                        .path("emailVerified")
                        .asBoolean())
                .as("who has the link reads the mail of the address")
                .isTrue();
        assertProblem(reset(token, "yet another one"), 400, "LINK_INVALID");
        assertProblem(reset(links.get(1).token(), "yet another one"), 400, "LINK_INVALID");
        await(email, about(CHANGED));
        assertThat(logs.getAll()).doesNotContain(token, email, NEXT);
    }

    @Test
    void nobodyLearnsWhichAddressesHaveAnAccount() {
        register(Map.of());
        String nobody = "nobody." + Ids.next() + "@example.com";
        byte[] known = ask(email)
                .expectStatus()
                .isAccepted()
                .expectBody()
                .returnResult()
                .getResponseBodyContent();
        byte[] unknown = ask(nobody)
                .expectStatus()
                .isAccepted()
                .expectBody()
                .returnResult()
                .getResponseBodyContent();
        assertThat(unknown).isEqualTo(known);
        await(email, about(RESET));
        assertThat(mails(nobody)).isEmpty();
        for (int i = 0; i < 4; i++) {
            ask(nobody).expectStatus().isAccepted();
        }
        assertProblem(ask(nobody).expectHeader().exists(HttpHeaders.RETRY_AFTER), 429, "RATE_LIMITED");
    }

    @Test
    void oldForeignAndMadeUpLinksOpenNothing() {
        UUID id = UUID.fromString(register(Map.of()).path("id").asString());
        ask(email).expectStatus().isAccepted();
        String verify = await(email, about(VERIFY)).token();
        String reset = await(email, about(RESET)).token();

        assertProblem(reset(verify, NEXT), 400, "LINK_INVALID");
        assertProblem(confirm(reset), 400, "LINK_INVALID");
        assertProblem(reset("A".repeat(43), NEXT), 400, "LINK_INVALID");
        assertProblem(reset("short", NEXT), 400, "VALIDATION_FAILED");

        age(reset);
        assertProblem(reset(reset, NEXT), 400, "LINK_INVALID");

        byte[] emailHash = database.sql("select email_hash from accounts.users where id = :id")
                .bind("id", id)
                .mapValue(byte[].class)
                .one()
                .block();
        withdraw();
        assertThat(traces(id, emailHash))
                .as("letters and links of who has left")
                .isZero();
        register(Map.of());
        assertProblem(confirm(verify), 400, "LINK_INVALID");
    }

    @Test
    void aChangedPasswordIsToldAndEndsLinksThatWereAskedForBefore() {
        register(Map.of());
        ask(email).expectStatus().isAccepted();
        String token = await(email, about(RESET)).token();
        String access = login(PASSWORD).path("accessToken").asString();
        http.put()
                .uri("/api/v1/users/me/password")
                .headers(headers -> headers.setBearerAuth(access))
                .bodyValue(Map.of("currentPassword", PASSWORD, "newPassword", NEXT))
                .exchange()
                .expectStatus()
                .isNoContent();
        await(email, about(CHANGED));
        assertProblem(reset(token, "yet another one"), 400, "LINK_INVALID");
    }

    @Test
    void aVerifiedIdentityReplacesThePasswordOfItsOwnAccountOnly() {
        verifyIdentity("signup-" + email, email);
        register(Map.of("identityVerificationId", word("signup-" + email)));
        String stranger = "stranger." + email;
        verifyIdentity("stranger-" + email, stranger);
        assertProblem(resetByIdentity(email, "stranger-" + email), 403, "IDENTITY_NOT_VERIFIED");
        verifyIdentity("again-" + email, email);
        assertProblem(resetByIdentity(stranger, "again-" + email), 403, "IDENTITY_NOT_VERIFIED");

        resetByIdentity(email, "again-" + email).expectStatus().isNoContent();
        login(NEXT);
        assertProblem(resetByIdentity(email, "again-" + email), 403, "IDENTITY_NOT_VERIFIED");
        await(email, about(CHANGED));
    }

    @Test
    void aLetterWaitsForAMailServerThatIsAwayButNotForEver(CapturedOutput logs) {
        String late = "late." + email;
        TestSandbox.process().kill();
        try {
            register(Map.of());
            login(PASSWORD);
            String id = register(Map.of("email", late)).path("id").asString();
            update("created_at = now() - interval '25 hours'", id);
            assertThat(outcome(id)).isEqualTo("GIVEN_UP");
        } finally {
            TestSandbox.process().restart();
        }
        Mail mail = await(email, about(VERIFY));
        confirm(mail.token()).expectStatus().isNoContent();
        pause(Duration.ofSeconds(2));
        assertThat(mails(email)).as("sent once").hasSize(1);
        assertThat(mails(late)).isEmpty();
        assertThat(logs.getAll())
                .contains("was not sent at attempt 1", "given up")
                .doesNotContain(mail.token(), email);
    }

    @Test
    void aLetterWhoseSenderDiedIsSentByAnother() {
        String id = register(Map.of()).path("id").asString();
        Mail first = await(email, about(VERIFY));
        update("outcome = null, done_at = null, due_at = now() + interval '1 second'", id);
        List<Mail> both = awaitCount(email, 2, about(VERIFY));
        assertThat(both.get(0).id())
                .as("so that a reader can see it is the same")
                .isEqualTo(first.id());
        confirm(first.token()).expectStatus().isNoContent();
    }

    private void update(String change, String userId) {
        database.sql("update accounts.mails set " + change + " where user_id = :user")
                .bind("user", UUID.fromString(userId))
                .then()
                .block();
    }

    private String outcome(String userId) {
        for (int i = 0; i < 50; i++) {
            String outcome = database.sql("select coalesce(outcome, '') from accounts.mails where user_id = :user")
                    .bind("user", UUID.fromString(userId))
                    .mapValue(String.class)
                    .one()
                    .block();
            if (outcome != null && !outcome.isEmpty()) {
                return outcome;
            }
            pause(Duration.ofMillis(100));
        }
        return "";
    }

    private void withdraw() {
        String access = login(PASSWORD).path("accessToken").asString();
        http.delete()
                .uri("/api/v1/users/me")
                .headers(headers -> headers.setBearerAuth(access))
                .exchange()
                .expectStatus()
                .isNoContent();
    }

    private Long traces(UUID userId, byte[] emailHash) {
        return database.sql("""
                        select (select count(*) from accounts.mails where user_id = :id or email_hash = :hash)
                             + (select count(*) from accounts.mailed_tokens where user_id = :id or email_hash = :hash)
                        """)
                .bind("id", userId)
                .bind("hash", emailHash)
                .mapValue(Long.class)
                .one()
                .block();
    }

    private void age(String token) {
        Long aged = database.sql("""
                        update accounts.mailed_tokens set expires_at = now() - interval '1 second'
                        where hash = sha256(convert_to('RESET_PASSWORD:' || :token, 'UTF8'))
                        """).bind("token", token).fetch().rowsUpdated().block();
        assertThat(aged).isEqualTo(1);
    }

    /** A person with a name of their own has a CI of their own. */
    private static void verifyIdentity(String verification, String person) {
        TestSandbox.http()
                .post()
                .uri("/identity-window/{id}/approve", word(verification))
                .body(BodyInserters.fromFormData("phoneNumber", "01012345678").with("name", person))
                .exchange()
                .expectStatus()
                .isOk();
    }

    private static String word(String text) {
        return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)).toString();
    }

    private ResponseSpec resetByIdentity(String address, String verification) {
        return post(
                "/api/v1/auth/password-reset/identity",
                Map.of("email", address, "identityVerificationId", word(verification), "newPassword", NEXT),
                "en");
    }

    private JsonNode register(Map<String, String> more) {
        return register(more, "en");
    }

    private JsonNode register(Map<String, String> more, String language) {
        Map<String, Object> form =
                new HashMap<>(Map.of("email", email, "password", PASSWORD, "name", "김민수", "termsVersion", "2026-01"));
        form.putAll(more);
        return body(post("/api/v1/auth/register", form, language).expectStatus().isCreated());
    }

    private ResponseSpec ask(String address) {
        return post("/api/v1/auth/password-reset", Map.of("email", address), "en");
    }

    private ResponseSpec reset(String token, String password) {
        return post("/api/v1/auth/password-reset/confirm", Map.of("token", token, "newPassword", password), "en");
    }

    private ResponseSpec confirm(String token) {
        return post("/api/v1/auth/email-verification/confirm", Map.of("token", token), "en");
    }

    private ResponseSpec askForVerification(String access) {
        return http.post()
                .uri("/api/v1/auth/email-verification")
                .header(HttpHeaders.ACCEPT_LANGUAGE, "en")
                .headers(headers -> headers.setBearerAuth(access))
                .exchange();
    }

    private ResponseSpec tryLogin(String password) {
        return post("/api/v1/auth/login", Map.of("email", email, "password", password), "en");
    }

    private JsonNode login(String password) {
        return body(tryLogin(password).expectStatus().isOk());
    }

    private ResponseSpec refresh(JsonNode session) {
        return post(
                "/api/v1/auth/refresh",
                Map.of("refreshToken", session.path("refreshToken").asString()),
                "en");
    }

    private JsonNode me(String access) {
        return body(http.get()
                .uri("/api/v1/users/me")
                .headers(headers -> headers.setBearerAuth(access))
                .exchange()
                .expectStatus()
                .isOk());
    }

    private ResponseSpec post(String path, Map<String, ?> body, String language) {
        return http.post()
                .uri(path)
                .header(HttpHeaders.USER_AGENT, "laptop")
                .header(HttpHeaders.ACCEPT_LANGUAGE, language)
                .bodyValue(body)
                .exchange();
    }

    private static JsonNode body(ResponseSpec response) {
        return response.expectBody(JsonNode.class).returnResult().getResponseBody();
    }

    private static void assertProblem(ResponseSpec response, int status, String code) {
        response.expectStatus()
                .isEqualTo(status)
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo(code);
    }
}
