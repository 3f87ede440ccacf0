package io.onsale.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.onsale.local.tests.RsaKeys;
import io.onsale.platform.problem.CommonProblem;
import io.onsale.platform.problem.ProblemTexts;
import io.onsale.platform.tokens.Caller;
import io.onsale.platform.tokens.Role;
import io.onsale.platform.tokens.TokenKind;
import io.onsale.platform.tokens.TokenSigner;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webtestclient.autoconfigure.AutoConfigureWebTestClient;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        classes = GuardedHandlerTest.App.class,
        properties = {
            "onsale.tokens.signs=access",
            "onsale.tokens.jwks.access=http://127.0.0.1:1/another-issuer-who-is-away",
            "management.server.port=0",
            "spring.reactor.netty.shutdown-quiet-period=0s",
            "onsale.internal.keys=new-key-0123456789-0123456789-0123,old-key-0123456789-0123456789-0123",
            "spring.jackson.deserialization.fail-on-unknown-properties=true"
        })
@AutoConfigureWebTestClient
class GuardedHandlerTest {

    @Configuration
    @EnableAutoConfiguration(exclude = R2dbcAutoConfiguration.class)
    @Import(Handlers.class)
    static class App {}

    record Order(@NotBlank String name, @Min(1) @Max(4) int quantity) {}

    @RestController
    static class Handlers {
        @GetMapping("/closed")
        String closed(Caller caller) {
            return caller.userId();
        }

        @Open
        @GetMapping("/open")
        String open(@Nullable Caller caller, @RequestParam(defaultValue = "0") @Max(9) int page) {
            return caller == null ? "nobody" : caller.userId();
        }

        @RequireRole({Role.SELLER, Role.ADMIN})
        @PostMapping("/orders")
        Order order(@Valid @RequestBody Order order) {
            return order;
        }

        @GetMapping("/internal/things")
        String internal() {
            return "things";
        }

        @Open
        @GetMapping("/broken")
        String broken() {
            throw new IllegalStateException("jdbc:postgresql://secret");
        }
    }

    @DynamicPropertySource
    static void keys(DynamicPropertyRegistry registry) throws IOException {
        Path directory = Files.createTempDirectory("keys");
        Files.writeString(directory.resolve("access-1.pem"), RsaKeys.pem(RsaKeys.make()));
        registry.add("onsale.tokens.signing-keys", directory::toString);
    }

    @Autowired
    WebTestClient http;

    @Autowired
    TokenSigner signer;

    @Autowired
    ProblemTexts texts;

    @Test
    void aHandlerWithoutARuleIsClosed() {
        http.get()
                .uri("/closed")
                .exchange()
                .expectStatus()
                .isUnauthorized()
                .expectHeader()
                .valueEquals(HttpHeaders.WWW_AUTHENTICATE, "Bearer")
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("TOKEN_MISSING")
                .jsonPath("$.traceId")
                .isNotEmpty();
    }

    @Test
    void textThatNoStoreCanKeepIsRefused() {
        for (String escaped : List.of("a\\u0000b", "a\\ud83d", "\\ude00a", "\\ud83d\\ud83d")) {
            http.post()
                    .uri("/orders")
                    .headers(as(Role.SELLER))
                    .contentType(MediaType.APPLICATION_JSON)
                    .bodyValue("{\"name\": \"" + escaped + "\", \"quantity\": 1}")
                    .exchange()
                    .expectStatus()
                    .isBadRequest()
                    .expectBody()
                    .jsonPath("$.code")
                    .isEqualTo("VALIDATION_FAILED")
                    .jsonPath("$.errors[0].field")
                    .isEqualTo("name");
        }
        http.post()
                .uri("/orders")
                .headers(as(Role.SELLER))
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue("{\"name\": \"\\ud83d\\ude00\", \"quantity\": 1}")
                .exchange()
                .expectStatus()
                .isOk();
    }

    @Test
    void aTokenOpensIt() {
        http.get()
                .uri("/closed")
                .headers(as(Role.BUYER))
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(String.class)
                .isEqualTo("user-1");
    }

    @Test
    void expiredAndForgedTokensHaveTheirOwnCodes() {
        Instant past = Instant.now().minusSeconds(120);
        String expired = signer.sign(TokenKind.ACCESS, "u", "j", past, past.plusSeconds(60), Map.of("role", "BUYER"));
        http.get()
                .uri("/closed")
                .headers(h -> h.setBearerAuth(expired))
                .exchange()
                .expectStatus()
                .isUnauthorized()
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("TOKEN_EXPIRED");
        http.get()
                .uri("/closed")
                .headers(h -> h.setBearerAuth("rubbish"))
                .exchange()
                .expectStatus()
                .isUnauthorized()
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("TOKEN_INVALID");
    }

    @Test
    void anOpenHandlerIgnoresABadTokenAndKnowsAGoodOne() {
        http.get().uri("/open").exchange().expectBody(String.class).isEqualTo("nobody");
        http.get()
                .uri("/open")
                .headers(h -> h.setBearerAuth("rubbish"))
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(String.class)
                .isEqualTo("nobody");
        http.get()
                .uri("/open")
                .headers(as(Role.BUYER))
                .exchange()
                .expectBody(String.class)
                .isEqualTo("user-1");
    }

    /** It may well be good: an open handler that took its owner for nobody would answer something else than they asked. */
    @Test
    void aTokenThatCannotBeDecidedYetIsTakenForNobodysNowhere() {
        String header = "{\"alg\":\"RS256\",\"typ\":\"at+jwt\",\"kid\":\"of-another-issuer\"}";
        String start = Base64.getUrlEncoder().withoutPadding().encodeToString(header.getBytes(StandardCharsets.UTF_8));
        Instant now = Instant.now();
        String token = signer.sign(TokenKind.ACCESS, "u", "j", now, now.plusSeconds(60), Map.of("role", "BUYER"))
                .replaceFirst("^[^.]+", start);
        for (String path : List.of("/open", "/closed")) {
            http.get()
                    .uri(path)
                    .headers(h -> h.setBearerAuth(token))
                    .exchange()
                    .expectStatus()
                    .isEqualTo(503)
                    .expectHeader()
                    .valueEquals(HttpHeaders.RETRY_AFTER, "1")
                    .expectBody()
                    .jsonPath("$.code")
                    .isEqualTo("UNAVAILABLE");
        }
    }

    @Test
    void aRoleIsRequired() {
        http.post()
                .uri("/orders")
                .headers(as(Role.BUYER))
                .bodyValue(new Order("a", 1))
                .exchange()
                .expectStatus()
                .isForbidden()
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("FORBIDDEN");
        http.post()
                .uri("/orders")
                .headers(as(Role.SELLER))
                .bodyValue(new Order("a", 1))
                .exchange()
                .expectStatus()
                .isOk();
    }

    @Test
    void internalPathsNeedAServiceCredentialAndNoTokenHelps() {
        http.get()
                .uri("/internal/things")
                .headers(as(Role.ADMIN))
                .exchange()
                .expectStatus()
                .isUnauthorized()
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("CREDENTIAL_INVALID");
        for (String key : List.of("new-key-0123456789-0123456789-0123", "old-key-0123456789-0123456789-0123")) {
            http.get()
                    .uri("/internal/things")
                    .header(ServiceCredentials.HEADER, key)
                    .exchange()
                    .expectStatus()
                    .isOk();
        }
    }

    @Test
    void badBodiesAreToldFieldByField() {
        refused("{\"name\":\" \",\"quantity\":5}")
                .jsonPath("$.errors.length()")
                .isEqualTo(2)
                .jsonPath("$.errors[?(@.field=='quantity')].message")
                .isEqualTo("must be at most 4");
        refused("{\"name\":\"a\",\"quantity\":1,\"price\":1}")
                .jsonPath("$.errors[0].rule")
                .isEqualTo("Unknown");
        refused("{\"name\":\"a\",\"quantity\":\"many\"}")
                .jsonPath("$.errors[0].field")
                .isEqualTo("quantity");
        refused("{\"name\":\"a\",\"quantity\":99999999999999}")
                .jsonPath("$.errors[0].rule")
                .isEqualTo("Type");
        refused("{\"name\":").jsonPath("$.errors[0].rule").isEqualTo("Json");
        refused("").jsonPath("$.errors[0].field").isEqualTo("body");
        refused("[]").jsonPath("$.errors[0].rule").isEqualTo("Type");
    }

    private WebTestClient.BodyContentSpec refused(String body) {
        return http.post()
                .uri("/orders")
                .headers(as(Role.SELLER))
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(body)
                .exchange()
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("VALIDATION_FAILED");
    }

    @Test
    void badParametersPathsAndMethodsAreProblemsToo() {
        http.get()
                .uri("/open?page=x")
                .exchange()
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.errors[0].field")
                .isEqualTo("page");
        http.get()
                .uri("/open?page=10")
                .exchange()
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.errors[0].message")
                .isEqualTo("must be at most 9");
        http.get()
                .uri("/nowhere")
                .exchange()
                .expectStatus()
                .isNotFound()
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("NOT_FOUND");
        http.delete()
                .uri("/open")
                .exchange()
                .expectStatus()
                .isEqualTo(405)
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("METHOD_NOT_ALLOWED");
        http.post()
                .uri("/orders")
                .headers(as(Role.SELLER))
                .contentType(MediaType.TEXT_PLAIN)
                .bodyValue("x")
                .exchange()
                .expectStatus()
                .isEqualTo(415)
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("UNSUPPORTED_MEDIA_TYPE");
    }

    @Test
    void anUnforeseenErrorLeaksNothing() {
        http.get()
                .uri("/broken")
                .exchange()
                .expectStatus()
                .isEqualTo(500)
                .expectBody(String.class)
                .value(body -> assertThat(body).contains("INTERNAL").doesNotContain("jdbc", "Exception"));
    }

    @Test
    void problemsSpeakTheCallersLanguage() {
        http.get()
                .uri("/closed")
                .header("Accept-Language", "ko-KR,ko;q=0.9,en;q=0.8")
                .exchange()
                .expectBody()
                .jsonPath("$.title")
                .isEqualTo("로그인이 필요합니다");
        http.get()
                .uri("/closed")
                .header("Accept-Language", "not a language!!")
                .exchange()
                .expectBody()
                .jsonPath("$.title")
                .isEqualTo("Sign-in needed");
        for (CommonProblem code : CommonProblem.values()) {
            assertThat(texts.isTranslated(code + ".title")).as("%s.title", code).isTrue();
            assertThat(texts.isTranslated(code + ".detail"))
                    .as("%s.detail", code)
                    .isTrue();
        }
    }

    @Test
    void publishesItsKeysWithoutThePrivateHalf() {
        http.get()
                .uri("/.well-known/jwks.json")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.keys[0].kid")
                .isEqualTo("access-1")
                .jsonPath("$.keys[0].n")
                .isNotEmpty()
                .jsonPath("$.keys[0].d")
                .doesNotExist();
    }

    private java.util.function.Consumer<HttpHeaders> as(Role role) {
        Instant now = Instant.now();
        String token =
                signer.sign(TokenKind.ACCESS, "user-1", "jti", now, now.plusSeconds(60), Map.of("role", role.name()));
        return headers -> headers.setBearerAuth(token);
    }
}
