package io.onsale.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.onsale.gateway.support.TestGateway;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.springframework.http.MediaType;

/** What never reaches a service: unreadable addresses, strangers' pages; and the pages that links in mails lead to. */
@Order(1)
class AtTheDoorTest {
    private static TestGateway gateway;

    @BeforeAll
    static void start() {
        gateway = TestGateway.usual();
    }

    @BeforeEach
    void reset() {
        gateway.reset();
    }

    @Test
    void anAddressThatIsNoUriIsAProblemLikeAnyOther() throws IOException {
        for (String target : List.of(
                "/api/v1/events/%",
                "/api/v1/events/%zz", "/api/v1/events?q=%", "/api/v1/events?q=%4", "/{id}", "/a|b")) {
            String answer =
                    raw("GET " + target + " HTTP/1.1\r\nHost: x\r\nAccept-Language: ko\r\nConnection: close\r\n\r\n");
            assertThat(answer)
                    .as(target)
                    .startsWith("HTTP/1.1 400")
                    .contains("application/problem+json", "\"VALIDATION_FAILED\"", "\"traceId\"", "올바른 URI");
        }
        assertThat(gateway.ticketing().seen()).isEmpty();
    }

    @Test
    void addressesInOtherAlphabetsPass() throws IOException {
        for (String target : List.of("/api/v1/events?q=%EB%B0%A4", "/api/v1/events?q=밤", "/api/v1/events?q=a+b%20c")) {
            assertThat(raw("GET " + target + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
                    .as(target)
                    .startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void aReadWithABodyIsRefusedAndItsConnectionClosed() throws IOException {
        String answer = raw("GET /api/v1/events HTTP/1.1\r\nHost: x\r\nContent-Length: 8\r\n\r\n{\"a\": 1}");
        assertThat(answer).startsWith("HTTP/1.1 400").contains("\"NoBody\"").containsIgnoringCase("connection: close");
        assertThat(gateway.ticketing().seen()).isEmpty();
    }

    @Test
    void aPageOfAStrangerIsToldThatItMayNotCall() {
        for (String origin : List.of("https://evil.example", "null", "http://localhost.evil.example:3000")) {
            gateway.client()
                    .get()
                    .uri("/api/v1/events")
                    .header("Origin", origin)
                    .exchange()
                    .expectStatus()
                    .isForbidden()
                    .expectHeader()
                    .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                    .expectBody()
                    .jsonPath("$.code")
                    .isEqualTo("ORIGIN_REFUSED");
        }
        assertThat(gateway.ticketing().seen()).isEmpty();
    }

    @Test
    void pagesBehindMailedLinksRunNothingButTheirOwnScript() {
        for (String page : List.of("/verify-email", "/reset-password")) {
            gateway.client()
                    .get()
                    .uri(page)
                    .exchange()
                    .expectStatus()
                    .isOk()
                    .expectHeader()
                    .value(
                            "Content-Security-Policy",
                            policy -> assertThat(policy)
                                    .contains("default-src 'none'", "script-src 'self'")
                                    .doesNotContain("unsafe"))
                    .expectHeader()
                    .valueEquals("Referrer-Policy", "no-referrer")
                    .expectHeader()
                    .value("Cache-Control", cache -> assertThat(cache).contains("no-store"))
                    .expectBody(String.class)
                    .value(html -> assertThat(html)
                            .contains("/pages/mail.js", "noscript")
                            .doesNotContain("onclick", "<script>"));
        }
        gateway.client()
                .get()
                .uri("/pages/mail.js")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(String.class)
                .value(script -> assertThat(script)
                        .contains("location.hash", "history.replaceState")
                        .doesNotContain("innerHTML", "eval("));
    }

    private static String raw(String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", gateway.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
